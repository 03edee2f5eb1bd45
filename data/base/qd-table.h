/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result table: typed columns described once, and rows of values.
 *
 * The command line, CSV and JSON output, table twins of charts, the clipboard
 * and tables on pages all print this one type. A table is filled by one owner
 * and immutable afterwards; it may then be read from any thread.
 */
#pragma once

#include "qd-calendar.h"

G_BEGIN_DECLS

typedef enum
{
  QD_COLUMN_TEXT,
  QD_COLUMN_COUNT,  /* gint64 */
  QD_COLUMN_MONEY,  /* gint64 minor units of the table's currency */
  QD_COLUMN_MONTH,  /* QdMonth */
  QD_COLUMN_DAY,    /* QdDay */
  QD_COLUMN_RATE,   /* double, a fraction: 1.043 is 104.3 % */
  QD_COLUMN_NUMBER, /* double without a unit */
  QD_COLUMN_MIXED,  /* each cell says what it is: add_text, add_count, add_money, add_rate, add_number */
} QdColumnType;

typedef struct
{
  const char *id;    /* header in CSV, key in JSON; kept by qd_table_new() */
  const char *title; /* msgid of the heading on screen; static, may be NULL: @id */
  QdColumnType type;
} QdColumn;

typedef struct _QdTable QdTable;

QdTable *qd_table_new (const char *id, const char *currency, const QdColumn *columns, guint n_columns);
QdTable *qd_table_ref (QdTable *self);
void qd_table_unref (QdTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdTable, qd_table_unref)

/* Filling: one add_* per column in order, then end_row. */
void qd_table_add_text (QdTable *self, const char *text);
void qd_table_add_integer (QdTable *self, gint64 value);
void qd_table_add_double (QdTable *self, double value);
void qd_table_add_missing (QdTable *self);
/* The same, and the way to fill a mixed column: the cell is of the type that the name says. */
void qd_table_add_count (QdTable *self, gint64 value);
void qd_table_add_money (QdTable *self, gint64 minor);
void qd_table_add_rate (QdTable *self, double value);
void qd_table_add_number (QdTable *self, double value);
void qd_table_add_cell (QdTable *self, const QdTable *from, guint row, guint column); /* a copy */
void qd_table_end_row (QdTable *self);

/* A copy of these rows and columns, fast also for very many. */
QdTable *qd_table_pick (QdTable *self, const guint32 *rows, guint n_rows, const guint *columns, guint n_columns);
/* A copy with one more column, last, that says the same in every row. */
QdTable *qd_table_with_text (QdTable *self, const char *id, const char *title, const char *text);

const char *qd_table_get_id (const QdTable *self);
const char *qd_table_get_currency (const QdTable *self);
int qd_table_get_exponent (const QdTable *self);
guint qd_table_get_n_columns (const QdTable *self);
guint qd_table_get_n_rows (const QdTable *self);
const QdColumn *qd_table_get_column (const QdTable *self, guint column);
int qd_table_find_column (const QdTable *self, const char *id);

/* The column's type; in a mixed column the cell's own (QD_COLUMN_MIXED while missing). */
QdColumnType qd_table_get_cell_type (const QdTable *self, guint row, guint column);
gboolean qd_table_is_missing (const QdTable *self, guint row, guint column);
const char *qd_table_get_text (const QdTable *self, guint row, guint column);
gint64 qd_table_get_integer (const QdTable *self, guint row, guint column);
double qd_table_get_double (const QdTable *self, guint row, guint column);

/* Locale-free notation for files: ISO dates, major units, 12 significant digits, missing = "". */
char *qd_table_format_iso (const QdTable *self, guint row, guint column);
void qd_table_write_csv (const QdTable *self, GString *out);
void qd_table_write_json (const QdTable *self, GString *out);

/* One text as a CSV field: quoted where RFC 4180 asks for it; @guard: a spreadsheet will not take it for a formula. */
void qd_csv_append_field (GString *out, const char *text, gboolean guard);
/* One text as a JSON string, with its quotes. */
void qd_json_append_string (GString *out, const char *text);

G_END_DECLS
