/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file is: encoding, delimiter, header row, columns. The whole file is
 * read into memory once (never mapped: a file that shrinks meanwhile must not
 * kill us) and turned into UTF-8 where it is something else.
 */
#pragma once

#include "qd-fixes.h"
#include "../base/qd-job.h"

G_BEGIN_DECLS

#define QD_SOURCE_MAX_BYTES ((gsize) 2 << 30)

/* How a file is to be read; zero and NULL: find out. Encoding and delimiter are those of a text file, no workbook's. */
typedef struct
{
  const char *encoding;   /* IANA name */
  char delimiter;
  guint64 header_line;    /* the line with the columns' names */
  gboolean no_header;     /* there is none: columns are called by their number */
  const QdFixes *fixes;   /* must outlive the source */
  const char *sheet;      /* of a workbook */
  gboolean any_sheet;     /* the first that can be read, where that one is not there or none is named */
} QdSourceOptions;

typedef struct
{
  char *base;             /* name without folders */
  char *stem;             /* base without its last extension */
  char *encoding;         /* IANA name */
  gboolean encoding_guessed;
  char delimiter;
  char **headers;         /* n_headers, trimmed, valid UTF-8, may be "" */
  guint n_headers;
  guint64 header_line;
  guint64 skipped;        /* records before the header */

  char *sheet;            /* of a workbook: the one that is read; else NULL */
  char **sheets;          /* those that there are, nullable */
  guint width;            /* cells of its widest row: shorter ones are blank up to there */
  gboolean has_point;     /* its numbers have a decimal point */
  guint64 uncalculated;   /* its formulas without a value */

  const char *data;       /* what follows the header */
  gsize data_length;
  guint64 data_line;
  const QdFixes *fixes;

  /* private */
  char *raw, *text;
  gsize raw_length;
  GThread *digest_thread;
  char *digest;
  GMutex mutex;           /* guards the next two */
  GCond cond;
  gboolean hold, stop;    /* what the thread shall do */
} QdSource;

QdSource *qd_source_open (const char *path, const char *encoding, QdJob *job, GError **error);
QdSource *qd_source_open_with (const char *path, const QdSourceOptions *options, QdJob *job, GError **error);
void qd_source_free (QdSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSource, qd_source_free)

const char *qd_source_get_digest (QdSource *self); /* sha256 of the file's bytes; waits for it */
void qd_source_hold_digest (QdSource *self, gboolean hold);
void qd_source_scan (QdSource *self, QdScan *scan); /* the records after the header */
void qd_source_scan_record (QdSource *self, QdScan *scan, const char *record, gsize length, guint64 line); /* one again */

G_END_DECLS
