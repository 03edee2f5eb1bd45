/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index is the list of distinct words with the accounts of each. A search
 * compares every word with what was typed, which is fast enough because there
 * are only some words for each account: no trees, no tries, nothing to tune.
 */
#include "config.h"

#include "qd-search.h"

#include <string.h>

#define LEAST_FOR_SLIP 4 /* letters: shorter words have too many neighbours */
#define LEAST_FOR_INNER 3
#define NO_COST G_MAXUINT8
#define MOST_KEPT 1000 /* above that, sorting all is no slower */

/* How well a word fits, the lower the better. */
enum
{
  EXACT,
  PREFIX,
  INNER,
  SLIP,
  PREFIX_SLIP,
  N_FITS,
};

#define N_FIELDS 4

struct _QdSearch
{
  gatomicrefcount refs;
  QdBook *book;
  char *letters;      /* all words, each with a NUL behind it */
  guint32 *words;     /* where each begins, n_words + 1 */
  guint64 *masks;     /* which letters each has */
  guint32 n_words;
  guint32 *offsets;   /* into postings, n_words + 1 */
  guint32 *postings;  /* account × N_FIELDS + field */
  char **names;       /* folded, for the order of hits */
  guint32 *lengths;   /* of names */
  char **ids;
};

/* What NFKD leaves together although people type it apart or plain. */
static const char *
spell_out (gunichar c)
{
  switch (c)
    {
    case 0xe6:
      return "ae";
    case 0xf0:
    case 0x111:
      return "d";
    case 0xf8:
      return "o";
    case 0xfe:
      return "th";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    case 0xdf:
      return "ss";
    default:
      return NULL;
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2bc || c == '`' || c == 0xb4;
}

/**
 * qd_search_fold:
 * @text: any text
 *
 * Folds a text as it is compared: small letters, no accents, no apostrophes;
 * what is neither letter nor digit separates words.
 *
 * Returns: (transfer full): words with one blank between them, perhaps empty
 */
char *
qd_search_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *apart = NULL;
  GString *out;
  gboolean blank = FALSE, plain = TRUE;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0' && plain; p++)
    plain = (guchar) *p < 0x80;
  if (!plain)
    {
      valid = g_utf8_make_valid (text, -1);
      folded = g_utf8_casefold (valid, -1);
      apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
      text = apart;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = plain ? (guchar) *p : g_utf8_get_char (p);
      const char *spelled = plain ? NULL : spell_out (c);

      if (!plain && g_unichar_ismark (c))
        continue;
      if (is_apostrophe (c))
        continue;
      if (spelled == NULL && (plain ? !g_ascii_isalnum (c) : !g_unichar_isalnum (c)))
        {
          blank = TRUE;
          continue;
        }
      if (blank && out->len > 0)
        g_string_append_c (out, ' ');
      blank = FALSE;
      if (spelled != NULL)
        g_string_append (out, spelled);
      else if (plain)
        g_string_append_c (out, g_ascii_tolower ((char) c));
      else
        g_string_append_unichar (out, g_unichar_tolower (c));
    }
  return g_string_free (out, FALSE);
}

/* Building. */

typedef struct
{
  GHashTable *numbers; /* word → number + 1 */
  GPtrArray *words;    /* char*, owned by numbers */
  GArray *pairs;       /* number, posting */
} Builder;

typedef struct
{
  guint32 word;
  guint32 posting;
} Pair;

static void
add_word (Builder    *builder,
          const char *word,
          gsize       length,
          guint32     posting)
{
  g_autofree char *text = g_strndup (word, length);
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (builder->numbers, text));
  Pair pair;

  if (number == 0)
    {
      g_ptr_array_add (builder->words, text);
      number = builder->words->len;
      g_hash_table_insert (builder->numbers, g_steal_pointer (&text), GUINT_TO_POINTER (number));
    }
  pair = (Pair) { number - 1, posting };
  g_array_append_val (builder->pairs, pair);
}

/* The words of a folded text; of one that is a name by itself, such as an id, also all of it in one piece. */
static void
add_text (Builder      *builder,
          const char   *folded,
          guint32       account,
          QdSearchField field)
{
  guint32 posting = account * N_FIELDS + (guint32) field;
  const char *p = folded;
  guint n = 0;

  while (*p != '\0')
    {
      const char *end = strchrnul (p, ' ');

      add_word (builder, p, (gsize) (end - p), posting);
      n++;
      p = *end != '\0' ? end + 1 : end;
    }
  if (n > 1 && (field == QD_SEARCH_ID || field == QD_SEARCH_DOMAIN))
    {
      g_autofree char *joined = g_strdup (folded);
      char *to = joined;

      for (const char *from = folded; *from != '\0'; from++)
        if (*from != ' ')
          *to++ = *from;
      add_word (builder, joined, (gsize) (to - joined), posting);
    }
}

/* One bit for each letter and digit, some shared by all other characters; the highest: not all are ASCII. */
#define NOT_PLAIN (G_GUINT64_CONSTANT (1) << 63)

static guint64
make_mask (const char *text,
           gsize       length)
{
  const char *end = text + length;
  guint64 mask = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);

      if (c >= 0x80)
        mask |= NOT_PLAIN;
      mask |= G_GUINT64_CONSTANT (1) << (c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? 26 + c - '0' : 36 + c % 27);
    }
  return mask;
}

static void
finish (QdSearch *self,
        Builder  *builder)
{
  guint32 n = builder->words->len;
  GString *letters = g_string_new (NULL);
  guint32 *next;

  self->n_words = n;
  self->words = g_new (guint32, (gsize) n + 1);
  self->masks = g_new (guint64, (gsize) n + 1);
  for (guint32 i = 0; i < n; i++)
    {
      self->words[i] = (guint32) letters->len;
      self->masks[i] = make_mask (builder->words->pdata[i], strlen (builder->words->pdata[i]));
      g_string_append (letters, builder->words->pdata[i]);
      g_string_append_c (letters, '\0');
    }
  self->words[n] = (guint32) letters->len;
  self->letters = g_string_free (letters, FALSE);

  self->offsets = g_new0 (guint32, (gsize) n + 1);
  self->postings = g_new (guint32, builder->pairs->len);
  for (guint i = 0; i < builder->pairs->len; i++)
    self->offsets[g_array_index (builder->pairs, Pair, i).word + 1]++;
  for (guint32 i = 0; i < n; i++)
    self->offsets[i + 1] += self->offsets[i];
  next = g_memdup2 (self->offsets, sizeof (guint32) * ((gsize) n + 1));
  for (guint i = 0; i < builder->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (builder->pairs, Pair, i);

      self->postings[next[pair->word]++] = pair->posting;
    }
  g_free (next);
}

/**
 * qd_search_new:
 * @book: a book
 * @domains: (nullable) (array): the domain of each account, or `NULL` inside
 *
 * Makes the index: some hundred milliseconds for 50,000 accounts, so on a worker.
 *
 * Returns: (transfer full): the search
 */
QdSearch *
qd_search_new (QdBook            *book,
               const char *const *domains)
{
  QdSearch *self;
  guint32 n;
  int csm;
  const guint32 *csms = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  Builder builder = { numbers, words, pairs };

  g_return_val_if_fail (book != NULL, NULL);

  n = qd_book_get_n_accounts (book);
  self = g_new0 (QdSearch, 1);
  g_atomic_ref_count_init (&self->refs);
  self->book = qd_book_ref (book);
  self->names = g_new0 (char *, (gsize) n + 1);
  self->ids = g_new0 (char *, (gsize) n + 1);
  self->lengths = g_new (guint32, (gsize) n + 1);
  csm = qd_book_find_dimension (book, "csm");
  if (csm >= 0)
    {
      csms = qd_book_get_account_values (book, (guint) csm);
      for (guint i = 0; i < qd_book_get_n_values (book, (guint) csm); i++)
        g_ptr_array_add (people, qd_search_fold (qd_book_get_value (book, (guint) csm, i)));
    }
  for (guint32 i = 0; i < n; i++)
    {
      self->names[i] = qd_search_fold (qd_book_get_account_name (book, i));
      self->lengths[i] = (guint32) strlen (self->names[i]);
      self->ids[i] = qd_search_fold (qd_book_get_account_id (book, i));
      add_text (&builder, self->names[i], i, QD_SEARCH_NAME);
      add_text (&builder, self->ids[i], i, QD_SEARCH_ID);
      if (domains != NULL && domains[i] != NULL)
        {
          g_autofree char *domain = qd_search_fold (domains[i]);

          add_text (&builder, domain, i, QD_SEARCH_DOMAIN);
        }
      if (csms != NULL && csms[i] != 0)
        add_text (&builder, people->pdata[csms[i]], i, QD_SEARCH_CSM);
    }
  finish (self, &builder);
  return self;
}

/**
 * qd_search_ref:
 * @self: a search
 *
 * Returns: (transfer full): the same
 */
QdSearch *
qd_search_ref (QdSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * qd_search_unref:
 * @self: (transfer full): a search
 */
void
qd_search_unref (QdSearch *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  qd_book_unref (self->book);
  g_free (self->letters);
  g_free (self->words);
  g_free (self->masks);
  g_free (self->offsets);
  g_free (self->postings);
  g_free (self->lengths);
  g_strfreev (self->names);
  g_strfreev (self->ids);
  g_free (self);
}

/**
 * qd_search_get_book:
 * @self: a search
 *
 * Returns: (transfer none): the book whose accounts the hits number
 */
QdBook *
qd_search_get_book (QdSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->book;
}

/* Comparing. Words are compared letter by letter: by bytes while all are ASCII. */

typedef struct
{
  const char *text;
  gsize length;
  gunichar *letters;
  glong n_letters;
  guint64 mask;
} Typed;

/* Whether @a and @b differ by at most one letter that is wrong, missing, too many, or swapped with its neighbour.
 * @open: @b may go on after that. */
#define DEFINE_SLIP(name, Letter)                                                                                      \
  static gboolean name (const Letter *a, glong n, const Letter *b, glong m, gboolean open)                             \
  {                                                                                                                    \
    glong i = 0;                                                                                                       \
                                                                                                                       \
    if ((open ? m < n - 1 : ABS (n - m) > 1))                                                                          \
      return FALSE;                                                                                                    \
    while (i < n && i < m && a[i] == b[i])                                                                             \
      i++;                                                                                                             \
    if (i == n)                                                                                                        \
      return open || m - i <= 1;                                                                                       \
    if (i == m)                                                                                                        \
      return n - i <= 1;                                                                                               \
    return name##_rest (a + i + 1, n - i - 1, b + i + 1, m - i - 1, open) ||                                           \
           name##_rest (a + i + 1, n - i - 1, b + i, m - i, open) ||                                                   \
           name##_rest (a + i, n - i, b + i + 1, m - i - 1, open) ||                                                   \
           (i + 1 < n && i + 1 < m && a[i] == b[i + 1] && a[i + 1] == b[i] &&                                          \
            name##_rest (a + i + 2, n - i - 2, b + i + 2, m - i - 2, open));                                           \
  }

#define DEFINE_REST(name, Letter)                                                                                      \
  static inline gboolean name##_rest (const Letter *a, glong n, const Letter *b, glong m, gboolean open)               \
  {                                                                                                                    \
    return (open ? m >= n : m == n) && memcmp (a, b, sizeof (Letter) * (gsize) n) == 0;                                \
  }

DEFINE_REST (slip_plain, char)
DEFINE_SLIP (slip_plain, char)
DEFINE_REST (slip_wide, gunichar)
DEFINE_SLIP (slip_wide, gunichar)

static gboolean
has_slip (const Typed *typed,
          const char  *word,
          gsize        length,
          gboolean     plain,
          gboolean     open)
{
  g_autofree gunichar *letters = NULL;
  glong n = 0;

  if (plain)
    return slip_plain (typed->text, (glong) typed->length, word, (glong) length, open);
  letters = g_utf8_to_ucs4_fast (word, (glong) length, &n);
  return slip_wide (typed->letters, typed->n_letters, letters, n, open);
}

static int
fit_word (const Typed *typed,
          const char  *word,
          gsize        length,
          guint64      mask)
{
  guint64 missing = typed->mask & ~mask & ~NOT_PLAIN;
  gboolean plain = ((typed->mask | mask) & NOT_PLAIN) == 0;

  /* One slip brings in one letter at most that the word has not. */
  if ((missing & (missing - 1)) != 0)
    return N_FITS;
  if (missing == 0)
    {
      if (length >= typed->length && memcmp (word, typed->text, typed->length) == 0)
        return length == typed->length ? EXACT : PREFIX;
      if (length > typed->length && (typed->length >= LEAST_FOR_INNER || (typed->mask & NOT_PLAIN) != 0) &&
          memmem (word, length, typed->text, typed->length) != NULL)
        return INNER;
    }
  if (typed->n_letters < LEAST_FOR_SLIP || !has_slip (typed, word, length, plain, TRUE))
    return N_FITS;
  return has_slip (typed, word, length, plain, FALSE) ? SLIP : PREFIX_SLIP;
}

/* Writes into @costs, for each account, how well it fits one word of the text: fit × N_FIELDS + field. */
static void
rate_word (QdSearch   *self,
           const char *text,
           gsize       length,
           guint8     *costs)
{
  Typed typed = { .text = text, .length = length, .mask = make_mask (text, length) };

  typed.letters = g_utf8_to_ucs4_fast (text, (glong) length, &typed.n_letters);
  for (guint32 i = 0; i < self->n_words; i++)
    {
      int fit = fit_word (&typed, self->letters + self->words[i], self->words[i + 1] - self->words[i] - 1,
                          self->masks[i]);

      if (fit == N_FITS)
        continue;
      for (guint32 p = self->offsets[i]; p < self->offsets[i + 1]; p++)
        {
          guint32 account = self->postings[p] / N_FIELDS;
          guint8 cost = (guint8) (fit * N_FIELDS + (int) (self->postings[p] % N_FIELDS));

          costs[account] = MIN (costs[account], cost);
        }
    }
  g_free (typed.letters);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const QdSearch *self = data;
  const QdSearchHit *x = a, *y = b;
  guint32 n = self->lengths[x->account], m = self->lengths[y->account];

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  if (n != m)
    return n < m ? -1 : 1;
  return x->account < y->account ? -1 : x->account > y->account;
}

/* How well all of a text in one piece, such as "acme.com" or "A-003", fits an id or a domain; NO_COST: not. */
static guint8 *
rate_whole (QdSearch   *self,
            const char *text,
            const char *folded)
{
  guint32 n = qd_book_get_n_accounts (self->book);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *joined = g_strdup (folded);
  guint8 *costs = g_malloc ((gsize) n + 1);
  char *to = joined;

  memset (costs, NO_COST, n);
  if (strchr (folded, ' ') == NULL || strpbrk (trimmed, " \t") != NULL)
    return costs;
  for (const char *from = folded; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  rate_word (self, joined, (gsize) (to - joined), costs);
  return costs;
}

/* Every word of the text must fit somewhere. */
static GArray *
collect (QdSearch   *self,
         const char *text,
         const char *folded)
{
  guint32 n = qd_book_get_n_accounts (self->book);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (QdSearchHit));
  g_autofree guint8 *whole = rate_whole (self, text, folded);
  g_autofree guint8 *costs = g_malloc ((gsize) n + 1);
  g_autofree guint8 *first = g_malloc ((gsize) n + 1);
  g_autofree guint8 *worst = g_malloc0 ((gsize) n + 1);
  g_autofree guint16 *sums = g_new0 (guint16, (gsize) n + 1);
  gboolean strict = FALSE; /* a digit off is another id: slips only count while nothing fits without */
  guint kept = 0;
  gboolean has_digit = strpbrk (folded, "0123456789") != NULL;
  const char *p = folded;
  guint n_words = 0;

  while (*p != '\0' && n_words < 32)
    {
      const char *end = strchrnul (p, ' ');

      memset (costs, NO_COST, n);
      rate_word (self, p, (gsize) (end - p), costs);
      if (n_words++ == 0)
        memcpy (first, costs, n);
      for (guint32 i = 0; i < n; i++)
        {
          sums[i] = costs[i] == NO_COST || sums[i] == G_MAXUINT16 ? G_MAXUINT16 : (guint16) (sums[i] + costs[i]);
          worst[i] = MAX (worst[i], costs[i]);
        }
      p = *end != '\0' ? end + 1 : end;
    }
  for (guint32 i = 0; i < n; i++)
    {
      QdSearchHit hit = { i, 0, QD_SEARCH_NAME };

      if (sums[i] == G_MAXUINT16 && whole[i] == NO_COST)
        continue;
      /* The whole name or id, then a name that begins so, then the words by themselves. */
      if (strcmp (self->names[i], folded) == 0)
        hit.field = QD_SEARCH_NAME;
      else if (strcmp (self->ids[i], folded) == 0)
        hit.field = QD_SEARCH_ID;
      else if (g_str_has_prefix (self->names[i], folded))
        hit.rank = 1;
      else if (sums[i] == G_MAXUINT16 || whole[i] < SLIP * N_FIELDS)
        {
          hit.field = (QdSearchField) (whole[i] % N_FIELDS);
          hit.rank = 2 + 4 * whole[i];
        }
      else
        {
          hit.field = (QdSearchField) (first[i] % N_FIELDS);
          hit.rank = 2 + 4 * sums[i] / (int) n_words;
        }
      worst[i] = MIN (worst[i], whole[i]);
      strict = strict || (has_digit && worst[i] < SLIP * N_FIELDS);
      g_array_append_val (hits, hit);
    }
  for (guint i = 0; strict && i < hits->len; i++)
    if (worst[g_array_index (hits, QdSearchHit, i).account] < SLIP * N_FIELDS)
      g_array_index (hits, QdSearchHit, kept++) = g_array_index (hits, QdSearchHit, i);
  if (strict)
    g_array_set_size (hits, kept);
  return hits;
}

/* Keeps the best @limit, in order: most hits are compared with the last of those and dropped. */
static void
keep_best (QdSearch *self,
           GArray   *hits,
           guint     limit)
{
  guint kept = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      QdSearchHit hit = g_array_index (hits, QdSearchHit, i);
      guint place = kept;

      if (kept == limit && compare_hits (&hit, &g_array_index (hits, QdSearchHit, kept - 1), self) >= 0)
        continue;
      if (kept < limit)
        kept++;
      else
        place--;
      for (; place > 0 && compare_hits (&hit, &g_array_index (hits, QdSearchHit, place - 1), self) < 0; place--)
        g_array_index (hits, QdSearchHit, place) = g_array_index (hits, QdSearchHit, place - 1);
      g_array_index (hits, QdSearchHit, place) = hit;
    }
  g_array_set_size (hits, kept);
}

/**
 * qd_search_find:
 * @self: a search
 * @text: what was typed
 * @limit: the most hits, 0: all
 *
 * Finds the accounts in which every word of the text stands: in the name, the
 * id, the domain or the CSM, as a word, as its beginning, inside one (from
 * three letters on) or with one slip (from four letters on). Linear in the
 * distinct words of the book: milliseconds for 50,000 accounts.
 *
 * Returns: (transfer full) (element-type QdSearchHit): the hits, best first;
 *   none for a text without letters and digits
 */
GArray *
qd_search_find (QdSearch   *self,
                const char *text,
                guint       limit)
{
  g_autofree char *folded = NULL;
  GArray *hits;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  folded = qd_search_fold (text);
  if (*folded == '\0')
    return g_array_new (FALSE, FALSE, sizeof (QdSearchHit));
  hits = collect (self, text, folded);
  if (limit == 0 || limit > MOST_KEPT)
    g_array_sort_with_data (hits, compare_hits, self);
  else
    keep_best (self, hits, limit);
  if (limit > 0 && hits->len > limit)
    g_array_set_size (hits, limit);
  return hits;
}
