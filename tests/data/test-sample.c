/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/sample/qd-sample.h"

#include <glib/gstdio.h>
#include <locale.h>

#define N_FILES 6
static const char *const names[N_FILES] = { "accounts.csv",      "products.csv", "fx.csv",
                                            "subscriptions.csv", "mrr.csv",      "movements.csv" };

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("sample-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (const char *folder)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
write_sample (const char *folder,
              guint       accounts,
              guint       months,
              guint64     seed)
{
  QdSampleOptions options = { accounts, months, seed, qd_month_from_ym (2026, 6) };
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_sample_write (folder, &options, NULL, &error));
  g_assert_no_error (error);
}

/* One digest over all files. */
static char *
digest (guint   accounts,
        guint   months,
        guint64 seed)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  write_sample (folder, accounts, months, seed);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_checksum_update (checksum, (const guchar *) text, length);
    }
  remove_folder (folder);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_same (void)
{
  static const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8" };
  g_autofree char *first = digest (200, 30, 1);
  g_autofree char *again = digest (200, 30, 1);
  g_autofree char *other = digest (200, 30, 2);
  g_autofree char *wide = digest (200, 30, 1 + (G_GUINT64_CONSTANT (1) << 40));

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, !=, wide);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    if (setlocale (LC_ALL, locales[i]) != NULL)
      {
        g_autofree char *local = digest (200, 30, 1);

        g_assert_cmpstr (first, ==, local);
      }
    else
      g_test_message ("locale %s is not installed", locales[i]);
  setlocale (LC_ALL, "C.UTF-8");
}

static void
check_files (guint       accounts,
             guint       months,
             guint64     seed,
             const char *bands)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "data", "check-sample.py", NULL);
  g_autofree char *n_accounts = g_strdup_printf ("%u", accounts);
  g_autofree char *n_months = g_strdup_printf ("%u", months);
  const char *argv[] = { "python3", script, folder, n_accounts, n_months, "2026-06", bands, NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  write_sample (folder, accounts, months, seed);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpstr (out, ==, "");
  g_assert_cmpint (status, ==, 0);
  remove_folder (folder);
}

static void
test_sizes (void)
{
  check_files (1, 1, 1, "no");
  check_files (1, 24, 5, "no");
  check_files (2, 1, 3, "no");
  check_files (37, 240, 4, "no");
  check_files (300, 24, 9, "no");
  check_files (3000, 84, 11, "no");
}

static void
test_believable (void)
{
  check_files (6000, 48, 1, "yes");
}

static void
test_refused (void)
{
  static const QdSampleOptions bad[] = {
    { 0, 12, 1, 24317 }, { 1000001, 12, 1, 24317 }, { 10, 0, 1, 24317 }, { 10, 241, 1, 24317 }, { 10, 12, 1, 5 },
  };
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (qd_sample_write (folder, &bad[i], NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A cancelled run leaves what was there. */
static void
test_cancel (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, names[0], NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (QdJob) job = qd_job_new ("Sample", cancellable);
  QdSampleOptions options = { 5000, 60, 1, qd_month_from_ym (2026, 6) };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (qd_sample_write (folder, &options, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/same", test_same);
  g_test_add_func ("/sample/sizes", test_sizes);
  g_test_add_func ("/sample/believable", test_believable);
  g_test_add_func ("/sample/refused", test_refused);
  g_test_add_func ("/sample/cancel", test_cancel);
  return g_test_run ();
}
