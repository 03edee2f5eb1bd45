/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One import under way, shared by the files of each kind.
 *
 * A kind's function reads the rows (qd_import_next), takes their values apart
 * (qd_import_text, _day, _money …, which reject the row themselves) and writes
 * them. Kinds with millions of rows (amounts) read in a thread of their own,
 * and the store's inserts what comes from it; what a row changes is written
 * after all inserts, because recording costs time on every row once it has
 * begun.
 */
#pragma once

#include "../store/qd-history.h"
#include "qd-detect.h"
#include "qd-intern.h"
#include "qd-rejects.h"

G_BEGIN_DECLS

#define QD_NO_MONTH G_MININT32
#define QD_ALWAYS G_MININT32

typedef struct
{
  char code[4];
  int exponent;
  gboolean has_rate;
} QdCurrencyUse;

typedef struct _QdImport QdImport;
struct _QdImport
{
  const QdKind *kind;
  const QdImportOptions *options;
  const char *source_name;     /* "" when not named */
  QdSource *source;
  QdMapping *mapping;
  QdReading reading;
  QdImportResult *result;
  QdRejects *rejects;
  QdJob *job;
  QdDb *db;
  gint64 batch;
  gboolean record_rejects;     /* rows are committed beside rejected ones: they go into import_row */
  GArray *pending_rejects;     /* QdRejectRow, not yet written */
  guint width;                 /* columns up to the last that has a name */

  GArray *currencies;          /* QdCurrencyUse, the first is the reporting currency */
  QdIntern *accounts, *products; /* text → id; tag: QdKnown */
  gint64 next_account, next_product;
  GArray *implied;             /* QdImplied, not yet written */
  QdKeyMap *other_form;        /* ids of accounts that have another form of revenue from this source, or NULL */
  GHashTable *clashing;        /* account ids of this file that have */
  GPtrArray *clashing_names;   /* char*, the first few */

  QdScan scan;
  guint64 rows;
};

typedef enum
{
  QD_KNOWN_STORED,   /* was in the workspace */
  QD_KNOWN_NEW,      /* has an id, is not written */
  QD_KNOWN_IMPLIED,  /* written by this import because something mentioned it */
  QD_KNOWN_OLD_IMPLIED, /* was in the workspace, implied */
  QD_KNOWN_WRITTEN,  /* written by this import from a row of its own */
} QdKnown;

typedef struct
{
  gint64 id;
  const char *text;
  guint32 length;
  guint32 line;
  gboolean product;
} QdImplied;

/* Reading rows. FALSE with @error unset: the end. Rows of another width than the header are rejected on the way. */
gboolean qd_import_next (QdImport *self, GError **error);
guint64 qd_import_guess_rows (QdImport *self);
gboolean qd_import_text (QdImport *self, int field, const char **text, gsize *length); /* FALSE: blank */
gboolean qd_import_column (QdImport *self, guint column, const char **text, gsize *length);
/* FALSE: the row was rejected. Blank gives NONE, NULL, FALSE or *@given FALSE. */
gboolean qd_import_day (QdImport *self, int field, QdDay *day);
gboolean qd_import_required_day (QdImport *self, int field, QdDay *day);
gboolean qd_import_required_text (QdImport *self, int field, const char **text, gsize *length);
gboolean qd_import_boolean (QdImport *self, int field, gboolean *value, gboolean *given);
gboolean qd_import_integer (QdImport *self, int field, gint64 *value, gboolean *given);
gboolean qd_import_decimal (QdImport *self, int field, QdDecimal *value, gboolean *given, char currency[4]);
/* The row's currency: index into currencies. @hint: what a currency sign in the amount named, or "". */
gboolean qd_import_currency (QdImport *self, int field, const char *hint, guint *currency);
gboolean qd_import_amount (QdImport *self, int field, QdDecimal value, guint currency, QdRatio *amount);
void qd_import_reject (QdImport *self, int field, const char *code, const char *expected);
void qd_import_reject_at (QdImport *self, guint64 line, const char *record, gsize length, int field, const char *code,
                          const char *expected);

/* Accounts and products by their id in the file; implied ones get an id at once and a row when needed. */
gint64 qd_import_find_account (QdImport *self, const char *text, gsize length, QdInternEntry **entry);
gint64 qd_import_find_product (QdImport *self, const char *text, gsize length, QdInternEntry **entry);
void qd_import_need (QdImport *self, QdInternEntry *entry, gboolean product, guint64 line);
gboolean qd_import_write_implied (QdImport *self, GArray *implied, GError **error); /* empties it */
void qd_import_note_form (QdImport *self, gint64 account, const QdInternEntry *entry);
gboolean qd_import_write_rejects (QdImport *self, GArray *rejects, GError **error);   /* empties it */
gboolean qd_import_add_merged (QdImport *self, guint64 line, GError **error);

/* Kinds. Each reads all rows and writes them; counts go to result. */
gboolean qd_import_accounts (QdImport *self, GError **error);
gboolean qd_import_products (QdImport *self, GError **error);
gboolean qd_import_subscriptions (QdImport *self, GError **error);
gboolean qd_import_mrr (QdImport *self, GError **error);
gboolean qd_import_movements (QdImport *self, GError **error);
gboolean qd_import_fx (QdImport *self, GError **error);

/* Rows for the table intake_feed, whose columns are c0, c1, …: one INSERT takes them all. */
typedef struct _QdFeedSource QdFeedSource;
struct _QdFeedSource
{
  gconstpointer (*pull) (QdFeedSource *source); /* the next row, valid until the next call; NULL at the end */
  void (*column) (gconstpointer row, int column, sqlite3_context *context);
};
#define QD_FEED_POINTER "quarterdeck-feed"
#define QD_FEED_COLUMNS 11
int qd_feed_table_register (sqlite3 *handle);
void qd_feed_check_references (QdImport *import, gboolean check);
/* @statement: an INSERT that selects from intake_feed (?1); ?2 is the batch, ?3 the source's name */
gboolean qd_feed_insert (QdImport *import, const char *statement, QdFeedSource *source, GError **error);

/* An amount of an account at a time: a movement or a month. */
typedef struct
{
  gint64 account, product; /* product 0: none */
  gint64 num, den;
  gint32 time;             /* a day or a month */
  guint16 currency;
  guint8 is_change, of_product;
  const char *kind;        /* nullable */
  guint32 kind_length;
} QdAmount;

/* One of a file, as it goes to the store's thread. Texts stay where they are until the import ends. */
typedef struct
{
  QdAmount amount;
  guint32 line, id_length;
  const char *id;          /* nullable */
  char code[4];            /* of the currency, "" when it is the reporting one */
} QdAmountRow;

/* Rows from a reading thread to the store's, in qd-feed.c. */
typedef struct _QdFeed QdFeed;
typedef gboolean (*QdFeedProduce) (QdFeed *feed, gpointer data, GError **error);
gboolean qd_feed_run (QdImport *import, const char *insert, const char *insert_plain, QdFeedProduce produce, gpointer data,
                      GError **error);
/* In the producer. FALSE: stop, the other side failed. */
gboolean qd_feed_push (QdFeed *feed, const QdAmountRow *row);

/* What the kinds of amounts have in common, in qd-import-amounts.c. */
typedef struct _QdAmounts QdAmounts;
typedef struct
{
  const char *load, *insert, *insert_plain, *update; /* names of statements */
  int account;             /* the field */
  /* A row of the workspace; @row: has the kind's further columns. */
  void (*load_old) (QdAmounts *self, gint64 id, const QdAmount *amount, sqlite3_stmt *row);
  /* FALSE: the row was rejected. */
  gboolean (*read) (QdAmounts *self, QdAmountRow *row, QdInternEntry **account, QdInternEntry **product);
  /* What becomes of a row that was read, usually qd_amounts_meet(). FALSE: stop. */
  gboolean (*place) (QdAmounts *self, const QdAmountRow *row);
  gboolean (*finish) (QdAmounts *self); /* nullable; after the last row. FALSE: stop. */
} QdAmountsClass;

struct _QdAmounts
{
  const QdAmountsClass *class;
  QdImport *import;
  QdFeed *feed;
  GArray *changes;         /* of rows that are there already */
};

void qd_amounts_init (QdAmounts *self, const QdAmountsClass *class, QdImport *import);
void qd_amounts_clear (QdAmounts *self);
/* Reads and writes all rows. */
gboolean qd_amounts_run (QdAmounts *self, GError **error);
/* @least: what is expected when it is below 0, not translated; NULL: it may be. FALSE: the row was rejected. */
gboolean qd_amounts_read_money (QdAmounts *self, int field, QdDecimal value, int currency_field, const char *sign,
                                const char *least, QdAmountRow *row);
/* @old: id of the row that it stands for, 0: none; @same: nothing differs. FALSE: stop. */
gboolean qd_amounts_meet (QdAmounts *self, const QdAmountRow *row, gint64 old, gboolean same);
/* What a row without an id is known by; accounts, products and times fit 32 bits long before memory ends. */
void qd_amount_make_key (const QdAmount *amount, guint32 place, guint64 *a, guint64 *b);

G_END_DECLS
