/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files about editing share: fields, reading a value that somebody
 * typed, rows of tables.
 */
#pragma once

#include "../intake/qd-parse-value.h"
#include "qd-workspace-edit.h"
#include "qd-workspace-private.h"

G_BEGIN_DECLS

typedef enum
{
  QD_EDIT_TEXT,
  QD_EDIT_DATE,
  QD_EDIT_INTEGER,
  QD_EDIT_MONEY,
  QD_EDIT_NUMBER,
  QD_EDIT_PERCENT,
  QD_EDIT_BOOLEAN,
  QD_EDIT_CURRENCY,
  QD_EDIT_ACCOUNT,
  QD_EDIT_PRODUCT,
  QD_EDIT_INTERVAL,
  QD_EDIT_MONTH,
  QD_EDIT_FIXED,
} QdEditType;

typedef struct
{
  const char *name;
  const char *title; /* msgid */
  QdEditType type;
  gboolean required;
} QdEditField;

/* In the order of the columns of account-get. */
#define QD_EDIT_N_ACCOUNT_FIELDS 19
extern const QdEditField qd_edit_account_fields[QD_EDIT_N_ACCOUNT_FIELDS];
/* Attributes that can change over time. */
gboolean qd_edit_is_dated (guint field);

/* From outside of the store's thread: runs an edit, tells of the change. @made: where the edit leaves its entry, 0 when
 * nothing was changed; @entry: (out) (optional): the same. */
gboolean qd_edit_run (QdWorkspace *self, QdStoreFunc func, gpointer data, QdJob *job, const gint64 *made,
                      gint64 *entry, GError **error);

/* Reading: the trimmed value, NULL when blank. FALSE with QD_EDIT_ERROR_VALUE. */
gboolean qd_edit_read_text (const QdEditField *field, const char *value, char **text, GError **error);
gboolean qd_edit_read_day (const QdEditField *field, const char *text, QdDay *day, GError **error);
gboolean qd_edit_read_integer (const QdEditField *field, const char *text, gint64 least, gint64 *value, GError **error);
/* @decimals: a point with so many digits behind it is no thousands separator; −1: it always may be. */
gboolean qd_edit_read_decimal (const QdEditField *field, const char *text, int decimals, QdDecimal *value,
                               GError **error);
gboolean qd_edit_read_number (const QdEditField *field, const char *text, int decimals, QdDecimal *value,
                              GError **error); /* below 0 too */
gboolean qd_edit_read_month (const QdEditField *field, const char *text, QdMonth *month, GError **error);
/* Revenue of a day beyond all plans would move the end of the data there. */
gboolean qd_edit_check_time (const QdEditField *field, QdDay day, GError **error);
gboolean qd_edit_read_boolean (const QdEditField *field, const char *text, gboolean *value, GError **error);
gboolean qd_edit_read_currency (const QdEditField *field, const char *text, char code[4], GError **error);

/* Amounts of so many decimals, in minor units. */
#define QD_EDIT_MAX_AMOUNT G_GINT64_CONSTANT (90000000000000000)
gboolean qd_edit_throw_too_large (const QdEditField *field, const char *text, GError **error); /* FALSE */
gboolean qd_edit_read_money (const QdEditField *field, const char *text, int exponent, gboolean is_change,
                             QdRatio *amount, GError **error);
/* Amounts keep their major units: 100 dollars become 100 yen. */
gboolean qd_edit_rescale (const QdEditField *field, const char *code, int exponent, QdRatio *amount, GError **error);

/* On the store's thread. */
gboolean qd_edit_check_rate (QdDb *db, const char *code, const char *reporting, GError **error);
gboolean qd_edit_read_product (QdDb *db, const char *text, gint64 *product, GError **error); /* by id, or by name */
/* 0 with an error: there is none. */
gint64 qd_edit_find_account (QdDb *db, const char *account, GError **error);
/* One text by an id: the statement's first column. */
char *qd_edit_dup_text (QdDb *db, const char *statement, gint64 id);

/* What is done with a revenue row. */
typedef struct _QdEditForm QdEditForm;
typedef struct
{
  const QdEditForm *form;
  const char *id;            /* which row; for months and movements a number */
  const char *field, *value; /* of an edit */
  const char *account;       /* of a row that is added, like what follows */
  const char *const *values; /* field, value, …, NULL */
  gboolean preview;          /* it is only looked whether it could be */
  char *key;                 /* (out) */
  gint64 entry;              /* (out) */
  QdTable *table;            /* (out): when it is looked at */
} QdEditRow;
const char *qd_edit_row_find (const QdEditRow *self, const char *field); /* nullable: nothing was given */

/* What the forms of revenue rows can do, on the store's thread; the data is a QdEditRow. */
struct _QdEditForm
{
  const char *form;
  QdStoreFunc edit, delete, add, look;
  QdTable *(*propose) (const QdEditForm *form, const char *currency);  /* fields of a new one */
};
extern const QdEditForm qd_edit_form_line, qd_edit_form_month, qd_edit_form_event;
/* Around what one edit writes: recorded, so that it can be undone; all of it or nothing. */
gboolean qd_edit_begin (QdDb *db, QdHistoryKind kind, const char *summary, GError **error);
gboolean qd_edit_end (QdDb *db, gboolean done, gboolean keep, gint64 *entry, GError **error);

/* A revenue row that is changed, deleted or added: one entry. */
typedef gboolean (*QdEditWrite) (QdDb *db, QdEditRow *edit, gpointer row, GError **error);
gboolean qd_edit_write (QdDb *db, QdEditRow *edit, const char *summary, QdEditWrite write, gpointer row, GError **error);

/* One entry that runs one statement with texts as its parameters, in their order. */
typedef struct
{
  const char *statement;
  const char *texts[3];
  guint n_texts;
  const char *summary;
  QdHistoryKind kind;
  gint64 entry;
} QdEditStatement;
gboolean qd_edit_run_statement (QdWorkspace *self, QdEditStatement *what, gint64 *entry, GError **error);

char *qd_edit_dup_account_name (QdDb *db, gint64 account);
void qd_edit_read_reporting (QdDb *db, char code[4]); /* the currency that all amounts are shown in */

QdTable *qd_edit_record_new (const char *id, const char *currency);
void qd_edit_record_add_origin (QdDb *db, QdTable *table, gint64 batch, gint64 line);
void qd_edit_record_add (QdTable *table, const QdEditField *field, const char *title, const char *value,
                         gboolean custom);

G_END_DECLS
