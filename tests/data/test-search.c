/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding accounts. One slip is compared with a plain table of distances, made
 * here, over many words.
 */
#include "config.h"

#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "store-fixture.h"

static const struct
{
  const char *id, *name, *domain, *csm;
} accounts[] = {
  { "A-001", "Müller & Söhne GmbH", "mueller-soehne.de", "Ann Example" },
  { "A-002", "Mulligan Ltd", "mulligan.co.uk", "Bob" },
  { "A-003", "Acme", "acme.com", "Ann Example" },
  { "A-004", "Acme Holdings", "holdings.acme.com", "Bob" },
  { "A-005", "O’Neill Brothers", "oneill.com", "Zoë" },
  { "A-006", "Cme Group", NULL, "Zoë" },
  { "A-007", "Łódź Æther Straße", NULL, NULL },
  { "A-008", "Яндекс Маркет", "yandex.ru", NULL },
  { "A-009", "日本電気株式会社", "nec.co.jp", NULL },
  { "A-010", "Northwind Traders", "northwind.example", "Bob" },
  { "A-011", "", NULL, NULL },
};

static QdSearch *
make (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Test", "USD", 1);
  const char *domains[G_N_ELEMENTS (accounts)];
  g_autoptr (QdBook) book = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      guint32 account = qd_book_builder_add_account (builder, accounts[i].id, accounts[i].name, NULL, QD_DAY_NONE, FALSE);

      if (accounts[i].csm != NULL)
        qd_book_builder_set_value (builder, account, "csm", QD_DAY_NONE, accounts[i].csm);
      domains[i] = accounts[i].domain;
    }
  book = qd_book_builder_finish (builder);
  return qd_search_new (book, domains);
}

/* The ends of the ids of the hits, best first, with the first letter of the field. */
static char *
find (QdSearch   *search,
      const char *text)
{
  g_autoptr (GArray) hits = qd_search_find (search, text, 0);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const QdSearchHit *hit = &g_array_index (hits, QdSearchHit, i);

      g_string_append_printf (out, "%s%d%c", i > 0 ? " " : "", (int) hit->account + 1, "NIDC"[hit->field]);
    }
  return g_string_free (out, FALSE);
}

static void
test_find (void)
{
  static const struct
  {
    const char *text, *hits;
  } cases[] = {
    { "acme", "3N 4N 6N" },          /* whole, then beginning, then a slip of Cme */
    { "ACME hold", "4N" },
    { "hold acme", "4N" },
    { "acme.com", "3D 4D" },
    { "muller", "1N" },
    { "MÜLLER", "1N" },
    { "mueller", "1D" },             /* the domain has it as it stands */
    { "mulelr", "1N" },              /* swapped */
    { "soehne", "1D" },
    { "mulli", "2N 1N" },            /* beginning, then a slip in the beginning of Müller */
    { "o'neill", "5N" },
    { "oneil", "5N" },
    { "oneill brothrs", "5N" },
    { "A-003", "3I" },
    { "a003", "3I" },
    { "b-003", "3I" },               /* nothing fits, so the slip counts */
    { "zoe", "6C 5C" },
    { "ann", "3C 1C" },
    { "lodz", "7N" },
    { "aether", "7N" },
    { "strasse", "7N" },
    { "Straße", "7N" },
    { "ЯНДЕКС", "8N" },
    { "яндекз", "8N" },
    { "маркт", "8N" },
    { "本電", "9N" },
    { "wind", "10N" },
    { "nortwhind", "10N" },
    { "nothwin", "10N" },            /* a slip, and not yet at the end */
    { "cm", "6N" },                  /* two letters: beginnings only */
    { "ame", "" },                   /* three letters forgive nothing */
    { "nrthwnd", "" },               /* two slips */
    { "acme bob zoe", "" },
    { "", "" },
    { " .,- ", "" },
    { "\xff\xfe", "" },
  };
  g_autoptr (QdSearch) search = make ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hits = find (search, cases[i].text);

      g_assert_cmpstr (hits, ==, cases[i].hits);
    }
  {
    g_autoptr (GArray) hits = qd_search_find (search, "a", 2);

    g_assert_cmpuint (hits->len, ==, 2);
  }
  /* the first of all are the same, however many are asked for */
  for (guint limit = 1; limit < 12; limit++)
    {
      g_autoptr (GArray) all = qd_search_find (search, "a", 0);
      g_autoptr (GArray) some = qd_search_find (search, "a", limit);

      g_assert_cmpuint (some->len, ==, MIN (limit, all->len));
      for (guint i = 0; i < some->len; i++)
        g_assert_cmpuint (g_array_index (some, QdSearchHit, i).account, ==, g_array_index (all, QdSearchHit, i).account);
    }
}

static void
test_fold (void)
{
  static const char *const cases[][2] = {
    { "  Hello,  World ", "hello world" }, { "Ünïcödé", "unicode" }, { "L’Oréal", "loreal" }, { "a_b/c", "a b c" },
    { "ﬁnance №5", "finance no5" },        { "İstanbul", "istanbul" }, { "", "" },             { "...", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = qd_search_fold (cases[i][0]);

      g_assert_cmpstr (folded, ==, cases[i][1]);
    }
}

/* Edit distance with swaps of neighbours, by the whole table. */
static int
distance (const char *a,
          const char *b)
{
  int n = (int) strlen (a), m = (int) strlen (b);
  int table[32][32];

  for (int i = 0; i <= n; i++)
    for (int j = 0; j <= m; j++)
      {
        if (i == 0 || j == 0)
          table[i][j] = MAX (i, j);
        else
          {
            int best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            best = MIN (best, table[i - 1][j] + 1);
            best = MIN (best, table[i][j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
              best = MIN (best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
          }
      }
  return table[n][m];
}

static gboolean
should_match (const char *typed,
              const char *word)
{
  g_autofree char *beginning = g_strdup (word);

  if (g_str_has_prefix (word, typed) || (strlen (typed) >= 3 && strstr (word, typed) != NULL))
    return TRUE;
  if (strlen (typed) < 4)
    return FALSE;
  for (gsize n = strlen (word) + 1; n-- > 0;)
    {
      beginning[n] = '\0';
      if (distance (typed, beginning) <= 1)
        return TRUE;
    }
  return FALSE;
}

static void
test_slips (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  QdBookBuilder *builder = qd_book_builder_new ("Test", "USD", 1);
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdSearch) search = NULL;
  guint n_hits = 0;

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("%04u", i);
      char *word = g_strnfill ((gsize) g_rand_int_range (random, 1, 9), 'a');

      for (char *p = word; *p != '\0'; p++)
        *p = "abc"[g_rand_int_range (random, 0, 3)];
      g_ptr_array_add (words, word);
      qd_book_builder_add_account (builder, id, word, NULL, QD_DAY_NONE, FALSE);
    }
  book = qd_book_builder_finish (builder);
  search = qd_search_new (book, NULL);
  for (guint i = 0; i < words->len; i++)
    {
      const char *typed = words->pdata[i];
      g_autoptr (GArray) hits = qd_search_find (search, typed, 0);
      g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);

      for (guint h = 0; h < hits->len; h++)
        g_hash_table_add (found, GUINT_TO_POINTER (g_array_index (hits, QdSearchHit, h).account));
      n_hits += hits->len;
      for (guint w = 0; w < words->len; w++)
        if (g_hash_table_contains (found, GUINT_TO_POINTER (w)) != should_match (typed, words->pdata[w]))
          g_error ("“%s” and “%s”", typed, (char *) words->pdata[w]);
    }
  g_assert_cmpuint (n_hits, >, 2 * words->len);
}

/* The workspace's own index has the domains and follows changes. */
static void
test_workspace (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdSearch) search = NULL;
  g_autoptr (QdSearch) again = NULL;
  g_autoptr (QdSearch) after = NULL;
  g_autofree char *hits = NULL;

  store_exec (fixture->store, "INSERT INTO account (id, external_id, name, domain) VALUES (1, 'A', 'One', 'first.example'), "
                              "(2, 'B', 'Two', 'second.example')");
  store_fixture_close (fixture);
  workspace = qd_workspace_open (fixture->path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  search = qd_workspace_get_search (workspace, NULL, &error);
  again = qd_workspace_get_search (workspace, NULL, &error);
  g_assert_true (search == again);
  hits = find (search, "second");
  g_assert_cmpstr (hits, ==, "2D");
  qd_workspace_edit_account (workspace, "A", "domain", "third.example", NULL, &error);
  g_assert_no_error (error);
  after = qd_workspace_get_search (workspace, NULL, &error);
  g_free (hits);
  hits = find (after, "third");
  g_assert_cmpstr (hits, ==, "1D");
}

int
main (int   argc,
      char *argv[])
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/find", test_find);
  g_test_add_func ("/search/fold", test_fold);
  g_test_add_func ("/search/slips", test_slips);
  g_test_add_func ("/search/workspace", test_workspace);
  return g_test_run ();
}
