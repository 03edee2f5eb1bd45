/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rejected rows: the first for the report, all of them as a file that can be
 * fixed and imported again.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-source.h"
#include "qd-import.h"

G_BEGIN_DECLS

#define QD_REJECTS_SHOWN 1000

/* What goes into import_row; texts are owned by whoever holds the row. */
typedef struct
{
  guint64 line;
  const char *code, *field; /* static */
  char *expected, *found, *record;
} QdRejectRow;

void qd_reject_row_clear (gpointer row);
QdReject *qd_reject_new (guint64 line, const char *code, const char *field, const char *header, const char *expected,
                         const char *found, int column);
void qd_reject_free (gpointer reject);
/* Counts a reject in its group, which is made when it is the first. */
void qd_reject_group_add (GPtrArray *groups, guint64 line, const char *code, const char *field, const char *header,
                          const char *expected, const char *found, int column);
void qd_reject_group_free (gpointer group);

/* The rows that an import in the past rejected, as such a file; on the store's thread. */
gboolean qd_rejects_save_batch (QdDb *db, gint64 batch, const char *path, guint64 *rows, GError **error);

typedef struct _QdRejects QdRejects;

QdRejects *qd_rejects_new (QdSource *source, const char *path);
void qd_rejects_free (QdRejects *self); /* without qd_rejects_finish: leaves no file */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdRejects, qd_rejects_free)
/* Errors of writing are kept until the end. */
void qd_rejects_add (QdRejects *self, guint64 line, const char *record, gsize length, const char *reason);
gboolean qd_rejects_finish (QdRejects *self, GError **error);

G_END_DECLS
