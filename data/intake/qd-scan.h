/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 4180 scanner: a UTF-8 text in memory → records of cells, with the place
 * of everything.
 *
 * Quoted cells may hold delimiters, line ends and doubled quotes. Lines end
 * with CRLF, LF or CR. Blank lines are passed over. The text must not move
 * while the scanner lives, and QD_SCAN_PADDING readable bytes must follow it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QD_SCAN_PADDING 64
#define QD_SCAN_MAX_CELL (1u << 20)    /* bytes */
#define QD_SCAN_MAX_RECORD (16u << 20) /* bytes */
#define QD_SCAN_MAX_CELLS 4096u

typedef struct
{
  const char *text; /* not terminated */
  guint32 length;
  guint8 quoted;
  guint8 doubled;   /* had doubled quotes; text is then good until the next record */
} QdCell;

typedef struct _QdScan QdScan;
struct _QdScan
{
  const char *end;
  const char *at;      /* the next record */
  guint64 at_line;     /* its line */
  char delimiter;

  const char *record;  /* the record that was read last, with its line end excluded */
  const char *record_end;
  guint64 line;        /* where it begins; the first line of the text is what init was told */
  QdCell *cells;
  guint n_cells;
  guint least_cells;   /* shorter records get blank cells behind the others; 0: they stay short */

  /* private */
  guint allocated;
  const char *block;
  guint64 mask;
  char *scratch;
  gsize scratch_size;

  /* (nullable) called with each record before it is handed out */
  void (*fix) (QdScan *scan, gconstpointer data);
  gconstpointer fix_data;
};

void qd_scan_init (QdScan *self, const char *text, gsize length, char delimiter, guint64 line);
void qd_scan_clear (QdScan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdScan, qd_scan_clear)

/* FALSE with @error unset: the end. FALSE with @error set: QD_INTAKE_ERROR_FORMAT. */
gboolean qd_scan_next (QdScan *self, GError **error);

/* Writes one cell the way the scanner reads it: quoted where it must be. */
void qd_scan_append_cell (GString *out, const char *text, gsize length);

G_END_DECLS
