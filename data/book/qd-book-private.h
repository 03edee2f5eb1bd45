/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a book, and the raw form that becomes one: rows in the order
 * in which they came, numbered as they came. Only files of this folder and
 * their tests include this.
 */
#pragma once

#include "qd-book.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  guint32 n_values;
  guint32 *values;          /* places in the text; 0 is the blank */
  guint32 *account_values;  /* n_accounts, today's */
  guint32 n_dated;          /* sorted by account, then by day */
  guint32 *dated_account;
  QdDay *dated_from;
  guint32 *dated_value;
} QdBookDimension;

typedef struct
{
  char code[4];
  gint8 exponent;
  guint32 n_rates;          /* in order of month; QD_MONTH_NONE, the constant one, comes first */
  QdMonth *rate_month;
  QdDecimal *rate;
} QdBookCurrency;

struct _QdBook
{
  gatomicrefcount ref_count;

  gint64 version;
  gint64 last_change;
  char *name;
  char *rate_set;
  int fiscal_start;
  gboolean sample;
  gboolean packed;          /* read from the packed form */
  QdMonth first_month;
  QdMonth last_month;
  QdDay last_end;           /* the latest end date; QD_DAY_NONE: none that says anything about later months */

  char *text;               /* all ids, names and values, each terminated; place 0 is the empty string */
  gsize text_size;

  guint32 n_accounts;
  guint32 *account_id;      /* places in the text */
  guint32 *account_name;
  guint32 *account_parent;
  guint32 *account_ultimate;
  QdDay *account_signup;
  guint8 *account_implied;

  guint32 n_dimensions;
  QdBookDimension *dimensions;

  guint32 n_products;
  guint32 *product_id;
  guint32 *product_name;

  guint32 n_currencies;
  QdBookCurrency *currencies;

  QdBookLines lines;
  QdBookSnapshots snapshots;
  QdBookEvents events;
};

#define QD_BOOK_MAX_CURRENCIES 65535

/* The calendar's range, so that no month of a day can overflow. */
#define QD_BOOK_DAY_MIN (-719162)
#define QD_BOOK_DAY_MAX 2932896
#define QD_BOOK_MONTH_MIN 12
#define QD_BOOK_MONTH_MAX (9999 * 12 + 11)

extern const char *const qd_book_standard_dimensions[];
#define QD_BOOK_N_STANDARD 11

QdBook *qd_book_alloc (void);
/* Fills what is computed from the rest: ultimate parents, first and last month, the latest end. */
void qd_book_derive (QdBook *self);

/* A dictionary of texts: each gets a number, in order of first appearance. */
typedef struct _QdBookDictionary QdBookDictionary;

/* One row of any revenue form. */
typedef struct
{
  guint32 account;
  gint32 time;              /* start, month or day */
  gint64 num;
  gint64 den;
  guint32 product;
  guint32 row;
  gint32 end;               /* lines only, like canceled */
  gint32 canceled;
  guint16 currency;
  guint8 flag;              /* trial; is_change */
  guint8 of_product;
} QdBookFact;

/* The columns of the forms of revenue, for all that treats them alike. */

typedef enum
{
  QD_BOOK_FIT_ANY,
  QD_BOOK_FIT_ROW,
  QD_BOOK_FIT_DAY,
  QD_BOOK_FIT_END,          /* a day or QD_DAY_FOREVER */
  QD_BOOK_FIT_CANCELED,     /* a day or QD_DAY_NONE */
  QD_BOOK_FIT_MONTH,
  QD_BOOK_FIT_DENOMINATOR,
  QD_BOOK_FIT_CURRENCY,
  QD_BOOK_FIT_PRODUCT,      /* a number or QD_BOOK_NONE */
  QD_BOOK_FIT_FLAG,
} QdBookFit;

typedef struct
{
  guint16 place;            /* offset of the pointer in QdBookLines, QdBookSnapshots, QdBookEvents */
  guint16 fact;             /* offset of the value in QdBookFact */
  guint8 width;
  QdBookFit fit;
} QdBookColumn;

typedef struct
{
  guint16 place;            /* offset in QdBook of what begins as QdBookHead */
  guint16 raw;              /* offset in QdBookRaw of the rows */
  gboolean by_product;      /* in order of product and currency within a time, and of equal ones the last row holds */
  guint n_columns;
  QdBookColumn columns[9];  /* the row first, then the time */
} QdBookForm;

/* What all forms begin with. */
typedef struct
{
  guint32 n;
  guint32 *offsets;
} QdBookHead;

#define QD_BOOK_N_FORMS 3
extern const QdBookForm qd_book_forms[QD_BOOK_N_FORMS];

static inline QdBookHead *
qd_book_form_get_head (const QdBook     *book,
                       const QdBookForm *form)
{
  return (QdBookHead *) (gpointer) ((char *) book + form->place);
}

/* Where the pointer to a column stands. */
static inline gpointer *
qd_book_form_get_column (const QdBook     *book,
                         const QdBookForm *form,
                         guint             column)
{
  return (gpointer *) (gpointer) ((char *) book + form->place + form->columns[column].place);
}

typedef struct
{
  guint32 id;               /* places in the raw text */
  guint32 name;
  guint32 parent;           /* raw number or QD_BOOK_NONE */
  QdDay signup;
  gboolean implied;
} QdBookRawAccount;

typedef struct
{
  guint32 account;
  QdDay from;
  guint32 value;
} QdBookDated;

typedef struct
{
  char *name;
  QdBookDictionary *dictionary;
  GArray *today;            /* guint32 by account, raw numbers of values; 0 or missing: the latest dated one */
  GArray *dated;            /* QdBookDated */
} QdBookRawDimension;

typedef struct
{
  GByteArray *text;
  GArray *accounts;         /* QdBookRawAccount */
  GArray *products;         /* QdBookRawAccount, id and name only */
  GPtrArray *dimensions;    /* QdBookRawDimension, the standard ones first */
  GArray *currencies;       /* QdBookCurrency without rates */
  GArray *rates;            /* QdBookRawRate */
  GArray *lines;            /* QdBookFact */
  GArray *snapshots;
  GArray *events;
} QdBookRaw;

typedef struct
{
  guint16 currency;
  QdMonth month;
  QdDecimal rate;
} QdBookRawRate;

QdBookRaw *qd_book_raw_new (const char *currency);
void qd_book_raw_free (QdBookRaw *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdBookRaw, qd_book_raw_free)

guint32 qd_book_raw_add_text (QdBookRaw *self, const char *text, gsize length);
QdBookRawDimension *qd_book_raw_get_dimension (QdBookRaw *self, const char *name);
guint32 qd_book_raw_dimension_code (QdBookRawDimension *self, const char *text, gsize length);
/* Number of a currency, added when new; −1 when @code is no currency or there are too many. */
int qd_book_raw_get_currency (QdBookRaw *self, const char *code);
QdBook *qd_book_raw_finish (QdBookRaw *self);   /* does not free @self */

/* Rows in the order in which they came become columns; the rows are freed. */
void qd_book_form_finish (const QdBookForm *form, QdBookRaw *raw, QdBook *book, const guint32 *account_place);
void qd_book_form_free (const QdBookForm *form, QdBook *book);
gsize qd_book_form_get_memory (const QdBookForm *form, const QdBook *book);

/* The packed form. */
GBytes *qd_book_pack (const QdBook *self);
void qd_book_pack_seal (guint8 *data, gsize size);   /* for tests that damage one on purpose */
QdBook *qd_book_unpack (const guint8 *data, gsize size);   /* NULL when anything about it is doubtful */

G_END_DECLS
