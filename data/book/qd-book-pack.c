/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The packed form of a book: a header with a check sum, then its columns. A
 * column of integers is its smallest value and the differences to it in 0, 1,
 * 2, 4 or 8 bytes each; all numbers have the lowest byte first.
 *
 * Reading trusts nothing: what does not add up gives no book. The caller then
 * reads the rows, which are the truth.
 */
#include "qd-book-private.h"

#include <string.h>

#define MAGIC G_GUINT64_CONSTANT (0x0100304B4F424451) /* "QDBOK0", format 1 */
#define HEADER 24

static guint64
checksum (const guint8 *data,
          gsize         size)
{
  guint64 lanes[4] = { 0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u, 0x27D4EB2F165667C5u };
  guint64 sum = size;

  while (size >= 32)
    {
      for (int i = 0; i < 4; i++)
        {
          guint64 part;

          memcpy (&part, data + 8 * i, 8);
          part = (lanes[i] ^ GUINT64_FROM_LE (part)) * 0xFF51AFD7ED558CCDu;
          lanes[i] = part ^ part >> 32;
        }
      data += 32;
      size -= 32;
    }
  for (int i = 0; i < 4; i++)
    sum = (sum ^ lanes[i]) * 0xC4CEB9FE1A85EC53u + 0x9E3779B97F4A7C15u;
  for (gsize i = 0; i < size; i++)
    sum = (sum ^ data[i]) * 0x100000001B3u;
  return sum ^ sum >> 29;
}

/* Writing */

static void
put_u64 (GByteArray *out,
         guint64     value)
{
  value = GUINT64_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, 8);
}

static void
put_bytes (GByteArray *out,
           const void *data,
           gsize       size)
{
  put_u64 (out, size);
  if (size > 0)
    g_byte_array_append (out, data, size);
}

static gint64
get_wide (const void *data,
          guint32     i,
          int         width,
          gboolean    is_signed)
{
  switch (width)
    {
    case 1:
      return ((const guint8 *) data)[i];
    case 2:
      return ((const guint16 *) data)[i];
    case 4:
      return is_signed ? (gint64) ((const gint32 *) data)[i] : (gint64) ((const guint32 *) data)[i];
    default:
      return ((const gint64 *) data)[i];
    }
}

static void
put_column (GByteArray *out,
            const void *data,
            guint32     n,
            int         width,
            gboolean    is_signed)
{
  gint64 min = G_MAXINT64, max = G_MININT64;
  guint64 range;
  guint8 packed;
  guint start;

  for (guint32 i = 0; i < n; i++)
    {
      gint64 value = get_wide (data, i, width, is_signed);

      min = MIN (min, value);
      max = MAX (max, value);
    }
  if (n == 0)
    min = max = 0;
  range = (guint64) max - (guint64) min;
  packed = range == 0 ? 0 : range <= 0xFF ? 1 : range <= 0xFFFF ? 2 : range <= 0xFFFFFFFF ? 4 : 8;

  put_u64 (out, (guint64) min);
  g_byte_array_append (out, &packed, 1);
  if (packed == 0 || n == 0)
    return;
  start = out->len;
  g_byte_array_set_size (out, start + n * packed);
  for (guint32 i = 0; i < n; i++)
    {
      guint64 value = GUINT64_TO_LE ((guint64) get_wide (data, i, width, is_signed) - (guint64) min);

      memcpy (out->data + start + (gsize) i * packed, &value, packed);
    }
}

#define PUT(out, array, n) put_column (out, array, n, sizeof *(array), _Generic (*(array), gint32 : TRUE, default : FALSE))

static void
pack_dimension (GByteArray            *out,
                const QdBookDimension *dimension,
                guint32                n_accounts)
{
  put_bytes (out, dimension->name, strlen (dimension->name));
  put_u64 (out, dimension->n_values);
  PUT (out, dimension->values, dimension->n_values);
  PUT (out, dimension->account_values, n_accounts);
  put_u64 (out, dimension->n_dated);
  PUT (out, dimension->dated_account, dimension->n_dated);
  PUT (out, dimension->dated_from, dimension->n_dated);
  PUT (out, dimension->dated_value, dimension->n_dated);
}

static void
pack_currency (GByteArray           *out,
               const QdBookCurrency *currency)
{
  put_bytes (out, currency->code, 3);
  put_u64 (out, currency->n_rates);
  PUT (out, currency->rate_month, currency->n_rates);
  for (guint32 i = 0; i < currency->n_rates; i++)
    {
      put_u64 (out, (guint64) currency->rate[i].mantissa);
      put_u64 (out, currency->rate[i].scale);
    }
}

static void
pack_form (GByteArray       *out,
           const QdBook     *self,
           const QdBookForm *form)
{
  const QdBookHead *head = qd_book_form_get_head (self, form);

  put_u64 (out, head->n);
  for (guint c = 0; c < form->n_columns; c++)
    {
      const QdBookColumn *column = &form->columns[c];

      put_column (out, *qd_book_form_get_column (self, form, c), head->n, column->width,
                  column->width == 4 && column->fit != QD_BOOK_FIT_ROW && column->fit != QD_BOOK_FIT_PRODUCT);
      /* The offsets come after the row. */
      if (c == 0)
        PUT (out, head->offsets, self->n_accounts + 1);
    }
}

/**
 * qd_book_pack_seal:
 * @data: (array length=size): a packed book
 * @size: bytes, at least 24
 *
 * Writes the header of a packed book: format, size and check sum of the rest.
 */
void
qd_book_pack_seal (guint8 *data,
                   gsize   size)
{
  guint64 header[3] = { GUINT64_TO_LE (MAGIC), GUINT64_TO_LE ((guint64) size - HEADER),
                        GUINT64_TO_LE (checksum (data + HEADER, size - HEADER)) };

  memcpy (data, header, HEADER);
}

/**
 * qd_book_pack:
 * @self: a book
 *
 * Writes a book as bytes, without its name, version and settings.
 *
 * Returns: (transfer full) (nullable): the bytes, or `NULL` when the book is
 *   too large for this form
 */
GBytes *
qd_book_pack (const QdBook *self)
{
  GByteArray *out;

  if (qd_book_get_memory (self) > G_MAXUINT32 / 2)
    return NULL;

  out = g_byte_array_sized_new (self->text_size + ((gsize) self->lines.n + self->snapshots.n + self->events.n) * 16);
  g_byte_array_set_size (out, HEADER);
  put_bytes (out, self->text, self->text_size);
  put_bytes (out, self->rate_set != NULL ? self->rate_set : "", self->rate_set != NULL ? strlen (self->rate_set) : 0);

  put_u64 (out, self->n_accounts);
  PUT (out, self->account_id, self->n_accounts);
  PUT (out, self->account_name, self->n_accounts);
  PUT (out, self->account_parent, self->n_accounts);
  PUT (out, self->account_signup, self->n_accounts);
  PUT (out, self->account_implied, self->n_accounts);
  put_u64 (out, self->n_dimensions);
  for (guint32 i = 0; i < self->n_dimensions; i++)
    pack_dimension (out, &self->dimensions[i], self->n_accounts);
  put_u64 (out, self->n_products);
  PUT (out, self->product_id, self->n_products);
  PUT (out, self->product_name, self->n_products);
  put_u64 (out, self->n_currencies);
  for (guint32 i = 0; i < self->n_currencies; i++)
    pack_currency (out, &self->currencies[i]);

  for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
    pack_form (out, self, &qd_book_forms[i]);

  qd_book_pack_seal (out->data, out->len);
  return g_byte_array_free_to_bytes (out);
}

/* Reading. Once failed, a reader stays failed and gives zeros. */

typedef struct
{
  const guint8 *at;
  gsize left;
  guint64 budget;   /* bytes that may still be allocated: a small blob must not ask for much memory */
  gboolean failed;
} Reader;

static const guint8 *
take (Reader *reader,
      gsize   size)
{
  const guint8 *at = reader->at;

  if (reader->failed || size > reader->left)
    {
      reader->failed = TRUE;
      return NULL;
    }
  reader->at += size;
  reader->left -= size;
  return at;
}

static guint64
take_u64 (Reader *reader)
{
  const guint8 *at = take (reader, 8);
  guint64 value = 0;

  if (at != NULL)
    memcpy (&value, at, 8);
  return GUINT64_FROM_LE (value);
}

/* A number of things of which each takes at least one byte of what follows. */
static guint32
take_count (Reader *reader)
{
  guint64 n = take_u64 (reader);

  if (n > reader->left || n >= QD_BOOK_NONE)
    {
      reader->failed = TRUE;
      return 0;
    }
  return n;
}

static gpointer
allocate (Reader *reader,
          guint64 n,
          gsize   width)
{
  guint64 size = MAX (n, 1) * width;

  if (reader->failed || size > reader->budget)
    {
      reader->failed = TRUE;
      return NULL;
    }
  reader->budget -= size;
  return g_malloc0 (size);
}

static char *
take_text (Reader *reader,
           gsize  *size)
{
  guint32 length = take_count (reader);
  const guint8 *at = take (reader, length);
  char *text = allocate (reader, (guint64) length + 1, 1);

  if (at == NULL || text == NULL)
    {
      reader->failed = TRUE;
      g_free (text);
      return NULL;
    }
  memcpy (text, at, length);
  *size = length;
  return text;
}

/* Every value lies in @min … @max, or is @also. */
#define DEFINE_TAKE(name, type) \
  static type *name (Reader *reader, guint32 n, gint64 min, gint64 max, gint64 also) \
  { \
    guint64 base = take_u64 (reader); \
    const guint8 *packed = take (reader, 1); \
    int width = packed != NULL ? *packed : 0; \
    const guint8 *in; \
    type *out; \
    gboolean good = TRUE; \
\
    if (width != 0 && width != 1 && width != 2 && width != 4 && width != 8) \
      reader->failed = TRUE; \
    in = take (reader, (gsize) n * width); \
    out = allocate (reader, n, sizeof (type)); \
    if (in == NULL || out == NULL) \
      { \
        g_free (out); \
        return NULL; \
      } \
    for (guint32 i = 0; i < n; i++) \
      { \
        gint64 value; \
\
        switch (width) \
          { \
          case 0: \
            value = (gint64) base; \
            break; \
          case 1: \
            value = (gint64) (base + in[i]); \
            break; \
          case 2: \
            { \
              guint16 part; \
              memcpy (&part, in + (gsize) i * 2, 2); \
              value = (gint64) (base + GUINT16_FROM_LE (part)); \
              break; \
            } \
          case 4: \
            { \
              guint32 part; \
              memcpy (&part, in + (gsize) i * 4, 4); \
              value = (gint64) (base + GUINT32_FROM_LE (part)); \
              break; \
            } \
          default: \
            { \
              guint64 part; \
              memcpy (&part, in + (gsize) i * 8, 8); \
              value = (gint64) (base + GUINT64_FROM_LE (part)); \
              break; \
            } \
          } \
        good &= (value >= min && value <= max) || value == also; \
        out[i] = (type) value; \
      } \
    if (!good) \
      reader->failed = TRUE; \
    return out; \
  }

DEFINE_TAKE (take_8, guint8)
DEFINE_TAKE (take_16, guint16)
DEFINE_TAKE (take_32, guint32)
DEFINE_TAKE (take_signed_32, gint32)
DEFINE_TAKE (take_64, gint64)

static guint32 *
take_places (Reader *reader,
             guint32 n,
             gsize   text_size)
{
  return take_32 (reader, n, 0, (gint64) text_size - 1, 0);
}

static guint32 *
take_offsets (Reader *reader,
              guint32 n_accounts,
              guint32 n)
{
  guint32 *offsets = take_32 (reader, n_accounts + 1, 0, n, 0);

  if (reader->failed)
    return offsets;
  if (offsets[0] != 0 || offsets[n_accounts] != n)
    reader->failed = TRUE;
  for (guint32 a = 0; a < n_accounts; a++)
    if (offsets[a] > offsets[a + 1])
      reader->failed = TRUE;
  return offsets;
}

/* Within an account times never go back. */
static void
check_order (Reader        *reader,
             const guint32 *offsets,
             guint32        n_accounts,
             const gint32  *time)
{
  gboolean good = TRUE;

  if (reader->failed)
    return;
  for (guint32 a = 0; a < n_accounts; a++)
    for (guint32 i = offsets[a] + 1; i < offsets[a + 1]; i++)
      good &= time[i - 1] <= time[i];
  if (!good)
    reader->failed = TRUE;
}

/* Texts in byte order without repetition. */
static void
check_texts (Reader        *reader,
             const char    *text,
             const guint32 *places,
             guint32        n)
{
  for (guint32 i = 1; i < n && !reader->failed; i++)
    if (strcmp (text + places[i - 1], text + places[i]) >= 0)
      reader->failed = TRUE;
}

static void
unpack_dimension (Reader          *reader,
                  QdBook          *book,
                  QdBookDimension *dimension)
{
  gsize size;
  guint32 n = book->n_accounts;

  dimension->name = take_text (reader, &size);
  if (reader->failed || strlen (dimension->name) != size || !g_utf8_validate (dimension->name, -1, NULL))
    {
      reader->failed = TRUE;
      return;
    }
  dimension->n_values = take_count (reader);
  if (dimension->n_values == 0)
    reader->failed = TRUE;
  dimension->values = take_places (reader, dimension->n_values, book->text_size);
  if (reader->failed)
    return;
  if (book->text[dimension->values[0]] != '\0')
    reader->failed = TRUE;
  check_texts (reader, book->text, dimension->values, dimension->n_values);
  dimension->account_values = take_32 (reader, n, 0, (gint64) dimension->n_values - 1, 0);
  dimension->n_dated = take_count (reader);
  dimension->dated_account = take_32 (reader, dimension->n_dated, 0, (gint64) n - 1, (gint64) n - 1);
  dimension->dated_from = take_signed_32 (reader, dimension->n_dated, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, QD_DAY_NONE);
  dimension->dated_value = take_32 (reader, dimension->n_dated, 0, (gint64) dimension->n_values - 1, 0);
  for (guint32 i = 1; i < dimension->n_dated && !reader->failed; i++)
    if (dimension->dated_account[i - 1] > dimension->dated_account[i] ||
        (dimension->dated_account[i - 1] == dimension->dated_account[i] &&
         dimension->dated_from[i - 1] >= dimension->dated_from[i]))
      reader->failed = TRUE;
}

static void
unpack_currency (Reader         *reader,
                 QdBookCurrency *currency)
{
  gsize size;
  g_autofree char *code = take_text (reader, &size);

  if (reader->failed || size != 3 || strlen (code) != 3)
    {
      reader->failed = TRUE;
      return;
    }
  memcpy (currency->code, code, 3);
  currency->exponent = qd_currency_get_exponent (currency->code);
  if (currency->exponent < 0)
    reader->failed = TRUE;
  currency->n_rates = take_count (reader);
  currency->rate_month = take_signed_32 (reader, currency->n_rates, QD_BOOK_MONTH_MIN, QD_BOOK_MONTH_MAX, QD_MONTH_NONE);
  currency->rate = allocate (reader, currency->n_rates, sizeof (QdDecimal));
  for (guint32 i = 0; i < currency->n_rates && !reader->failed; i++)
    {
      guint64 mantissa = take_u64 (reader), scale = take_u64 (reader);

      if (mantissa < 1 || mantissa > G_MAXINT64 || scale > 18 ||
          (i > 0 && currency->rate_month[i - 1] >= currency->rate_month[i]))
        reader->failed = TRUE;
      currency->rate[i] = (QdDecimal){ (gint64) mantissa, (guint8) scale };
    }
}

static gpointer
take_column (Reader             *reader,
             const QdBook       *book,
             const QdBookColumn *column,
             guint32             n)
{
  gint64 last_currency = (gint64) book->n_currencies - 1, last_product = (gint64) book->n_products - 1;

  switch (column->fit)
    {
    case QD_BOOK_FIT_ROW:
      return take_32 (reader, n, 0, G_MAXUINT32, 0);
    case QD_BOOK_FIT_DAY:
      return take_signed_32 (reader, n, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, QD_BOOK_DAY_MIN);
    case QD_BOOK_FIT_END:
      return take_signed_32 (reader, n, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, QD_DAY_FOREVER);
    case QD_BOOK_FIT_CANCELED:
      return take_signed_32 (reader, n, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, QD_DAY_NONE);
    case QD_BOOK_FIT_MONTH:
      return take_signed_32 (reader, n, QD_BOOK_MONTH_MIN, QD_BOOK_MONTH_MAX, QD_BOOK_MONTH_MIN);
    case QD_BOOK_FIT_DENOMINATOR:
      return take_64 (reader, n, 1, G_MAXINT64, 1);
    case QD_BOOK_FIT_CURRENCY:
      return take_16 (reader, n, 0, last_currency, 0);
    case QD_BOOK_FIT_PRODUCT:
      return take_32 (reader, n, 0, last_product, QD_BOOK_NONE);
    case QD_BOOK_FIT_FLAG:
      return take_8 (reader, n, 0, 1, 0);
    case QD_BOOK_FIT_ANY:
    default:
      return take_64 (reader, n, G_MININT64, G_MAXINT64, 0);
    }
}

static void
unpack_form (Reader           *reader,
             QdBook           *book,
             const QdBookForm *form)
{
  QdBookHead *head = qd_book_form_get_head (book, form);

  head->n = take_count (reader);
  for (guint c = 0; c < form->n_columns; c++)
    {
      *qd_book_form_get_column (book, form, c) = take_column (reader, book, &form->columns[c], head->n);
      if (c == 0)
        head->offsets = take_offsets (reader, book->n_accounts, head->n);
    }
  check_order (reader, head->offsets, book->n_accounts, *qd_book_form_get_column (book, form, 1));
}

/* All texts are terminated and UTF-8. */
static void
unpack_text (Reader *reader,
             QdBook *book)
{
  gsize size;

  book->text = take_text (reader, &book->text_size);
  if (reader->failed || book->text_size == 0 || book->text[0] != '\0' || book->text[book->text_size - 1] != '\0')
    {
      reader->failed = TRUE;
      return;
    }
  for (gsize i = 0; i < book->text_size; i++)
    if ((guint8) book->text[i] >= 0x80)
      {
        gsize start = i;

        while (start > 0 && book->text[start - 1] != '\0')
          start--;
        if (!g_utf8_validate (book->text + start, -1, NULL))
          {
            reader->failed = TRUE;
            return;
          }
        i = start + strlen (book->text + start);
      }

  book->rate_set = take_text (reader, &size);
  if (reader->failed || strlen (book->rate_set) != size || !g_utf8_validate (book->rate_set, -1, NULL))
    reader->failed = TRUE;
  else if (size == 0)
    g_clear_pointer (&book->rate_set, g_free);
}

static void
unpack_accounts (Reader *reader,
                 QdBook *book)
{
  guint32 n = take_count (reader);

  book->account_id = take_places (reader, n, book->text_size);
  book->account_name = take_places (reader, n, book->text_size);
  book->account_parent = take_32 (reader, n, 0, (gint64) n - 1, QD_BOOK_NONE);
  book->account_signup = take_signed_32 (reader, n, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, QD_DAY_NONE);
  book->account_implied = take_8 (reader, n, 0, 1, 0);
  if (reader->failed)
    return;
  book->n_accounts = n;
  check_texts (reader, book->text, book->account_id, n);
}

static void
unpack_products (Reader *reader,
                 QdBook *book)
{
  guint32 n = take_count (reader);

  book->product_id = take_places (reader, n, book->text_size);
  book->product_name = take_places (reader, n, book->text_size);
  if (reader->failed)
    return;
  book->n_products = n;
  check_texts (reader, book->text, book->product_id, n);
}

static void
unpack_body (Reader *reader,
             QdBook *book)
{
  guint32 n;

  unpack_text (reader, book);
  if (reader->failed)
    return;
  unpack_accounts (reader, book);

  n = take_count (reader);
  book->dimensions = allocate (reader, n, sizeof (QdBookDimension));
  if (reader->failed || n < QD_BOOK_N_STANDARD)
    {
      reader->failed = TRUE;
      return;
    }
  book->n_dimensions = n;
  for (guint32 i = 0; i < n && !reader->failed; i++)
    {
      unpack_dimension (reader, book, &book->dimensions[i]);
      if (!reader->failed && i < QD_BOOK_N_STANDARD &&
          strcmp (book->dimensions[i].name, qd_book_standard_dimensions[i]) != 0)
        reader->failed = TRUE;
    }

  if (reader->failed)
    return;
  unpack_products (reader, book);

  n = take_count (reader);
  book->currencies = allocate (reader, n, sizeof (QdBookCurrency));
  if (reader->failed || n == 0 || n > QD_BOOK_MAX_CURRENCIES)
    {
      reader->failed = TRUE;
      return;
    }
  book->n_currencies = n;
  for (guint32 i = 0; i < n && !reader->failed; i++)
    unpack_currency (reader, &book->currencies[i]);

  for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
    unpack_form (reader, book, &qd_book_forms[i]);
  if (reader->left != 0)
    reader->failed = TRUE;
}

/**
 * qd_book_unpack:
 * @data: (array length=size): what qd_book_pack() wrote, or anything
 * @size: bytes
 *
 * Reads a packed book. Every count, place and number is checked; memory stays
 * within a fixed multiple of @size.
 *
 * Returns: (transfer full) (nullable): a book without name, version and
 *   settings, or `NULL` when anything about the bytes is doubtful
 */
QdBook *
qd_book_unpack (const guint8 *data,
                gsize         size)
{
  g_autoptr (QdBook) book = NULL;
  Reader reader = { data, size, (guint64) size * 64 + (1 << 20), FALSE };

  if (take_u64 (&reader) != MAGIC || take_u64 (&reader) != size - HEADER)
    return NULL;
  if (take_u64 (&reader) != checksum (data + HEADER, size - HEADER))
    return NULL;

  book = qd_book_alloc ();
  unpack_body (&reader, book);
  if (reader.failed)
    return NULL;
  qd_book_derive (book);
  return g_steal_pointer (&book);
}
