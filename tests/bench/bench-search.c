/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding an account among 50,000 by what somebody types, beside SQLite's
 * FTS5 with trigrams over the same texts, in turns. The peer forgives no
 * slips: for the texts that have one it finds nothing and is timed all the same.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "data/store/qd-db.h"
#include "data/workspace/qd-search.h"

#define N_ACCOUNTS 50000
#define ROUNDS 9

static const char *const syllables[] = { "nor", "mar", "tel", "vi", "so", "cor", "lan", "ber", "ti", "qua", "zen", "lo",
                                         "fin", "gra", "pol", "ex", "ari", "um", "dex", "tra" };
static const char *const kinds[] = { "GmbH", "Inc", "Holdings", "Group", "Software", "Logistics", "Health", "Energy" };

static char *
make_word (GRand *random)
{
  GString *word = g_string_new (NULL);

  for (int i = g_rand_int_range (random, 2, 5); i > 0; i--)
    g_string_append (word, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
  word->str[0] = g_ascii_toupper (word->str[0]);
  return g_string_free (word, FALSE);
}

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static int
count (sqlite3_stmt *stmt,
       const char   *text)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text);
  int n = 0;

  sqlite3_bind_text (stmt, 1, quoted, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    n++;
  sqlite3_reset (stmt);
  return n;
}

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  QdBookBuilder *builder = qd_book_builder_new ("Bench", "USD", 1);
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdSearch) search = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *db;
  sqlite3_stmt *insert, *find;
  double start;

  sqlite3_open (":memory:", &db);
  run (db, "CREATE VIRTUAL TABLE t USING fts5 (name, id, domain, csm, tokenize = 'trigram'); BEGIN");
  sqlite3_prepare_v2 (db, "INSERT INTO t VALUES (?1, ?2, ?3, ?4)", -1, &insert, NULL);
  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      g_autofree char *first = make_word (random);
      g_autofree char *second = make_word (random);
      const char *kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
      g_autofree char *name = g_strdup_printf ("%s %s %s", first, second, kind);
      g_autofree char *id = g_strdup_printf ("cus_%08u", i);
      g_autofree char *lower = g_ascii_strdown (first, -1);
      g_autofree char *csm = g_strdup_printf ("Manager %u", i % 60);
      char *domain = g_strdup_printf ("%s.example", lower);
      guint32 account = qd_book_builder_add_account (builder, id, name, NULL, QD_DAY_NONE, FALSE);

      qd_book_builder_set_value (builder, account, "csm", QD_DAY_NONE, csm);
      g_ptr_array_add (domains, domain);
      sqlite3_bind_text (insert, 1, name, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (insert, 2, id, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (insert, 3, domain, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (insert, 4, csm, -1, SQLITE_TRANSIENT);
      sqlite3_step (insert);
      sqlite3_reset (insert);
      if (i % 5000 == 17)
        {
          g_autofree char *slip = g_strdup (lower);

          slip[2] = slip[2] == 'x' ? 'y' : 'x';
          g_ptr_array_add (texts, g_strdup (lower));
          g_ptr_array_add (texts, g_strdup (slip));
          g_ptr_array_add (texts, g_strdup_printf ("%s %s", lower, kind));
          g_ptr_array_add (texts, g_strdup (id));
          g_ptr_array_add (texts, g_strndup (lower, 3));
        }
    }
  run (db, "COMMIT");
  sqlite3_prepare_v2 (db, "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 20", -1, &find, NULL);
  book = qd_book_builder_finish (builder);
  start = bench_now ();
  search = qd_search_new (book, (const char *const *) domains->pdata);
  printf ("index of %d accounts: %.0f ms\n", N_ACCOUNTS, bench_now () - start);

  {
    BenchRunner own = bench_runner_new (), peer = bench_runner_new ();
    double worst = 0;

    for (guint round = 0; round < ROUNDS; round++)
      for (guint i = 0; i < texts->len; i++)
        {
          double wall = bench_now (), cpu = bench_cpu (0);
          g_autoptr (GArray) hits = qd_search_find (search, texts->pdata[i], 20);
          double took = bench_now () - wall;

          bench_add (&own, took, bench_cpu (0) - cpu);
          worst = MAX (worst, took);
          g_assert (hits->len > 0);
          wall = bench_now ();
          cpu = bench_cpu (0);
          count (find, texts->pdata[i]);
          bench_add (&peer, bench_now () - wall, bench_cpu (0) - cpu);
        }
    bench_median (peer.wall); /* puts them in order */
    printf ("search: median %.2f ms, worst %.2f ms (limit 150, goal 50); fts5 trigram %.2f ms, worst %.2f ms\n",
            bench_median (own.wall), worst, bench_median (peer.wall), g_array_index (peer.wall, double, peer.wall->len - 1));
    bench_runner_free (&own);
    bench_runner_free (&peer);
  }
  sqlite3_finalize (insert);
  sqlite3_finalize (find);
  sqlite3_close (db);
  return 0;
}
