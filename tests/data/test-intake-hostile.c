/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that are broken, absurd or made to hurt: each with its message, the
 * workspace as it was to the byte, and memory within bounds.
 */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "line_id,account_id,start,mrr\n"
#define ROW "L1,A,2024-01-01,10\n"
/* Peak of this whole program: nothing here needs more; a sanitizer keeps what was freed for a while. */
#ifdef __SANITIZE_ADDRESS__
#define MEMORY_KB (2400 * 1024)
#else
#define MEMORY_KB (600 * 1024)
#endif

typedef struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: terminated */
  int code;     /* a QdIntakeError, −1: it is imported */
  const char *part;
} Case;

static const Case cases[] = {
  { "empty", "", 0, QD_INTAKE_ERROR_FORMAT, "empty" },
  { "only-line-ends", "\n\r\n\n\r", 0, QD_INTAKE_ERROR_FORMAT, "empty" },
  { "only-mark", "\xef\xbb\xbf", 0, QD_INTAKE_ERROR_FORMAT, "empty" },
  { "only-separator-line", "sep=;\n", 0, QD_INTAKE_ERROR_FORMAT, "empty" },
  { "no-header", "L1,A,2024-01-01,10\nL2,A,2024-01-01,10\n", 0, QD_INTAKE_ERROR_HEADER, "Line 1 holds values" },
  { "nul-byte", HEADER "L1,A\0,2024-01-01,10\n", sizeof HEADER + 19, QD_INTAKE_ERROR_FORMAT, "Line 2 holds a NUL" },
  { "png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0", 29, -2, "" },
  { "zip", "PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0b\xee\x9dh^\x01\0\0\x90\x04\0\0", 26, QD_INTAKE_ERROR_FORMAT, "not complete" },
  { "xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, QD_INTAKE_ERROR_FORMAT, "workbook" },
  { "gzip", "\x1f\x8b\x08\x08", 0, QD_INTAKE_ERROR_FORMAT, "unpack" },
  { "elf", "\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", 20, QD_INTAKE_ERROR_FORMAT, "NUL" },
  { "pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\n", 0, QD_INTAKE_ERROR_FORMAT, "PDF" },
  { "html", "<!DOCTYPE html>\n<html><body>Please log in</body></html>\n", 0, QD_INTAKE_ERROR_MAPPING, "line_id" },
  { "json", "[{\"line_id\": \"L1\", \"account_id\": \"A\"}]\n", 0, -2, "" },
  { "sqlite", "SQLite format 3\0\x10\0\x01\x01\0@  \0\0\0\x02", 26, QD_INTAKE_ERROR_FORMAT, "database" },
  { "open-quote", HEADER "L1,\"A,2024-01-01,10\nL2,A,2024-01-01,10\n", 0, QD_INTAKE_ERROR_FORMAT, "Line 2, column 2: a quote is opened" },
  { "open-quote-in-header", "line_id,\"account_id,start,mrr\nL1,A,2024-01-01,10\n", 0, QD_INTAKE_ERROR_FORMAT, "Line 1, column 2" },
  { "text-after-quote", HEADER ROW "L2,\"A\"x,2024-01-01,10\n", 0, QD_INTAKE_ERROR_FORMAT, "Line 3, column 2: text follows" },
  { "quote-after-space", HEADER "L1, \"A\",2024-01-01,10\n", 0, QD_INTAKE_ERROR_FORMAT, "Line 2, column 2: a quote follows" },
  { "cut-in-a-row", HEADER ROW "L2,A,2024", 0, QD_INTAKE_ERROR_REJECTED, "line 3: expected 4 cells" },
  { "unquoted-line-end", HEADER "L1,A\nB,2024-01-01,10\n", 0, QD_INTAKE_ERROR_REJECTED, "line 2" },
  { "too-many-cells", HEADER "L1,A,2024-01-01,10,\"x\"\n", 0, QD_INTAKE_ERROR_REJECTED, "4 cells" },
  { "invalid-utf8-after-mark", "\xef\xbb\xbf" HEADER "L1,A\xff,2024-01-01,10\n", 0, QD_INTAKE_ERROR_ENCODING, "Line 2" },
  { "half-utf16", "\xff\xfel\0i\0n\0e", 9, -2, "" },
  { "utf16-lone-surrogate", "\xff\xfe" "a\0,\0b\0\n\0\0\xd8,\0x\0\n\0", 18, QD_INTAKE_ERROR_ENCODING, "UTF-16" },
  { "utf32-nonsense", "\xff\xfe\0\0\xff\xff\xff\xff", 8, QD_INTAKE_ERROR_ENCODING, "UTF-32" },
  { "repeated-header", "line_id,line_id,account_id,start,mrr\n1,2,A,2024-01-01,3\n", 0, QD_INTAKE_ERROR_MAPPING, "“line_id”, “line_id”" },
  { "headers-without-names", ",,,\nL1,A,x,y\n", 0, -2, "" },
  { "missing-column", "line_id,account_id,mrr\nL1,A,10\n", 0, QD_INTAKE_ERROR_MAPPING, "start" },
  { "impossible-dates", HEADER "L1,A,2024-02-30,10\n", 0, QD_INTAKE_ERROR_REJECTED, "2024-02-30" },
  { "year-ten-thousand", HEADER "L1,A,10000-01-01,10\n", 0, QD_INTAKE_ERROR_REJECTED, "10000-01-01" },
  { "huge-number", HEADER "L1,A,2024-01-01,99999999999999999999999999999999\n", 0, QD_INTAKE_ERROR_REJECTED, "18 digits" },
  { "many-decimals", HEADER "L1,A,2024-01-01,0.00000000000000000000000000001\n", 0, QD_INTAKE_ERROR_REJECTED, "18 digits" },
  { "scientific", HEADER "L1,A,2024-01-01,1E+05\n", 0, QD_INTAKE_ERROR_REJECTED, "1E+05" },
  { "not-a-number", HEADER "L1,A,2024-01-01,NaN\nL2,A,2024-01-01,inf\n", 0, QD_INTAKE_ERROR_REJECTED, "2 of 2" },
  { "spreadsheet-errors", HEADER "L1,A,2024-01-01,#REF!\n", 0, QD_INTAKE_ERROR_REJECTED, "#REF!" },
  { "negative", HEADER "L1,A,2024-01-01,(10)\n", 0, QD_INTAKE_ERROR_REJECTED, "0 or more" },
  { "footer", HEADER ROW "Total,,,10\n", 0, QD_INTAKE_ERROR_REJECTED, "line 3, column “account_id”" },
  { "sql-in-cells", HEADER "\"L1'); DROP TABLE account; --\",\"A\"\"; DELETE FROM account\",2024-01-01,10\n", 0, -1, "" },
  { "format-strings", HEADER "%s%n%x,%100000d,2024-01-01,10\n", 0, -1, "" },
  { "control-characters", HEADER "L\x01\x02,A\x1b[31m,2024-01-01,10\n", 0, -1, "" },
  { "right-to-left", HEADER "L\u202e1,\u200fA,2024-01-01,10\n", 0, -1, "" },
  { "same-id-ten-times", HEADER ROW ROW ROW ROW ROW ROW ROW ROW ROW ROW, 0, QD_INTAKE_ERROR_REJECTED, "9 of 10" },
};

/* −1 must go in, −2 must fail somehow with an error of ours, else with the very code. */
static void
check (StoreFixture *fixture,
       const Case   *c,
       const char   *path,
       const char   *kind,
       const char   *flags)
{
  g_autofree char *before = file_digest (fixture->path);
  g_autofree char *after = NULL;
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = import_path (fixture, kind, path, flags, &result, &error);

  g_test_message ("%s: %s", c->name, error ? error->message : "goes in");
  g_assert_cmpint (ok, ==, c->code == -1);
  if (ok)
    return;
  g_assert_true (error->domain == QD_INTAKE_ERROR);
  if (c->code >= 0)
    g_assert_cmpint (error->code, ==, c->code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, c->part) == NULL)
    g_error ("%s: “%s” is not in “%s”", c->name, c->part, error->message);
  after = file_digest (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

static void
check_bounds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  g_test_message ("peak %ld KB", usage.ru_maxrss);
  if (g_getenv ("QD_TEST_NO_MEMORY_LIMIT") == NULL)
    g_assert_cmpint (usage.ru_maxrss, <, MEMORY_KB);
}

static void
test_small (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autofree char *name = g_strconcat (cases[i].name, ".csv", NULL);
      g_autofree char *path = store_fixture_file (fixture, name);

      g_assert_true (g_file_set_contents (path, cases[i].text, cases[i].length ? cases[i].length : strlen (cases[i].text), NULL));
      check (fixture, &cases[i], path, "subscriptions", NULL);
    }
  check_bounds ();
}

static void
test_no_file (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *folder = store_fixture_file (fixture, "folder.csv");
  g_autofree char *missing = store_fixture_file (fixture, "missing.csv");
  g_autofree char *loop = store_fixture_file (fixture, "loop.csv");
  g_autofree char *fifo = store_fixture_file (fixture, "fifo.csv");
  g_autofree char *secret = store_fixture_file (fixture, "secret.csv");
  g_autofree char *odd = store_fixture_file (fixture, "odd\xff.csv");
  const Case read = { "folder", NULL, 0, QD_INTAKE_ERROR_READ, "folder" };
  const Case none = { "missing", NULL, 0, QD_INTAKE_ERROR_READ, "cannot be opened" };
  const Case irregular = { "irregular", NULL, 0, QD_INTAKE_ERROR_READ, "regular file" };
  const Case odd_name = { "odd name", NULL, 0, -1, "" };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  check (fixture, &read, folder, "subscriptions", NULL);
  check (fixture, &none, missing, "subscriptions", NULL);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  check (fixture, &none, loop, "subscriptions", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  check (fixture, &irregular, fifo, "subscriptions", NULL);
  check (fixture, &irregular, "/dev/zero", "subscriptions", NULL);
  if (getuid () != 0)
    {
      g_assert_true (g_file_set_contents (secret, HEADER ROW, -1, NULL));
      g_assert_cmpint (g_chmod (secret, 0), ==, 0);
      check (fixture, &none, secret, "subscriptions", NULL);
    }
  g_assert_true (g_file_set_contents (odd, HEADER ROW, -1, NULL));
  check (fixture, &odd_name, odd, "subscriptions", NULL);
}

/* Files that are large in one way. */
static void
test_large (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "large.csv");
  const Case wide = { "wide", NULL, 0, QD_INTAKE_ERROR_FORMAT, "4,096" };
  const Case cell = { "long cell", NULL, 0, QD_INTAKE_ERROR_FORMAT, "1 MiB" };
  const Case open = { "open quote over megabytes", NULL, 0, QD_INTAKE_ERROR_FORMAT, "closing quote" };
  const Case quotes = { "only quotes", NULL, 0, -2, "" };
  const Case commas = { "only commas", NULL, 0, QD_INTAKE_ERROR_FORMAT, "4,096" };
  const Case rejects = { "all rejected", NULL, 0, QD_INTAKE_ERROR_REJECTED, "200000 of 200000" };
  const Case fields = { "thousands of custom fields", NULL, 0, -1, "" };
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < 5000; i++)
    g_string_append_c (text, ',');
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &wide, path, "subscriptions", NULL);

  g_string_assign (text, HEADER "L1,");
  for (guint i = 0; i < (1 << 20) + 2; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, ",2024-01-01,1\n");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &cell, path, "subscriptions", NULL);

  g_string_assign (text, HEADER "L1,\"");
  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "A,2024-01-01,10\n");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &open, path, "subscriptions", NULL);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 3000000; i++)
    g_string_append_c (text, '"');
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &quotes, path, "subscriptions", NULL);

  for (guint i = 0; i < text->len; i++)
    text->str[i] = ',';
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &commas, path, "subscriptions", NULL);

  g_string_assign (text, HEADER);
  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "L%u,A,never,10\n", i);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &rejects, path, "subscriptions", "--rejects");

  g_string_assign (text, "account_id,name");
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, ",f%u", i);
  g_string_append (text, "\nA,B");
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, ",%u", i);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &fields, path, "accounts", NULL);
  check_bounds ();
}

/* Parents in one line of thousands, and back to the first: found, not followed for ever. */
static void
test_long_chain (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "chain.csv");
  g_autoptr (GString) text = g_string_new ("account_id,name,parent_id\n");
  const Case circle = { "circle of 2,000", NULL, 0, QD_INTAKE_ERROR_REJECTED, "line 2001" };

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "A%u,N,A%u\n", i, (i + 1) % 2000);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  check (fixture, &circle, path, "accounts", NULL);
}

/* 200 MB: in, told apart from itself, and with at most two and a half times its size in memory. */
static void
test_200_mb (void)
{
  static const char *const kinds[] = { "movements", "mrr", "accounts" };
  struct rusage usage;

  if (!g_test_slow ())
    {
      g_test_skip ("takes minutes; run with -m slow");
      return;
    }
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autofree char *path = store_fixture_file (fixture, "big.csv");
      FILE *file = fopen (path, "w");
      guint64 rows = 0;
      long bytes = 0;

      g_assert_nonnull (file);
      bytes += fprintf (file, k == 0   ? "event_id,account_id,date,mrr_after,kind,currency\n"
                              : k == 1 ? "account_id,month,mrr,product\n"
                                       : "account_id,name,segment,region,country,industry,note\n");
      for (; bytes < 200000000; rows++)
        bytes += k == 0 ? fprintf (file, "ev_%09u,cus_%09u,20%02u-%02u-%02u,%u.%02u,expansion,USD\n", (guint) rows,
                                   (guint) (rows * 7919 % 400000), (guint) (rows % 25), (guint) (rows / 31 % 12 + 1),
                                   (guint) (rows % 28 + 1), (guint) (rows % 99991), (guint) (rows % 100))
                 : k == 1 ? fprintf (file, "cus_%012u,20%02u-%02u,%u.%02u,Product number %u\n", (guint) (rows / 60),
                                     (guint) (rows % 60 / 12), (guint) (rows % 12 + 1), (guint) (rows % 99991),
                                     (guint) (rows % 100), (guint) (rows / 60 % 7))
                          : fprintf (file, "cus_%012u,\"Name of the company, number %u\",SMB,EMEA,Germany,Software,%u\n",
                                     (guint) rows, (guint) rows, (guint) (rows % 1000));
      g_assert_cmpint (fclose (file), ==, 0);
      for (int again = 0; again < 2; again++)
        {
          g_autoptr (QdImportResult) result = NULL;
          g_autoptr (GError) error = NULL;

          import_path (fixture, kinds[k], path, NULL, &result, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (result->read, ==, rows);
          g_assert_cmpuint (again ? result->unchanged : result->imported, ==, rows);
          if (again == 0)
            {
              getrusage (RUSAGE_SELF, &usage);
              g_test_message ("%s: %" G_GUINT64_FORMAT " rows, peak %ld KB", kinds[k], rows, usage.ru_maxrss);
              if (k == 0)
                g_assert_cmpint (usage.ru_maxrss, <, 500 * 1024);
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake-hostile/small", test_small);
  g_test_add_func ("/intake-hostile/no-file", test_no_file);
  g_test_add_func ("/intake-hostile/large", test_large);
  g_test_add_func ("/intake-hostile/long-chain", test_long_chain);
  g_test_add_func ("/intake-hostile/200-mb", test_200_mb);
  return g_test_run ();
}
