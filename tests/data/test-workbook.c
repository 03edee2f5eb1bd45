/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbooks that workbooks.py has put together: what is read of each must be
 * what the CSV file of the same name says, row by row; and the hostile ones
 * are refused, with the workspace as it was and memory within bounds.
 */
#include "import-fixture.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

#include "data/intake/qd-inspect.h"
#include "data/intake/qd-source.h"
#include "data/intake/qd-workbook.h"

#ifdef __SANITIZE_ADDRESS__
#define MEMORY_KB (1200 * 1024)
#else
#define MEMORY_KB (300 * 1024)
#endif

static char *folder; /* of the workbooks */

static int checks;       /* how often work has asked whether it is cancelled */
static int cancelled_at; /* which of them cancels it */

/* Instead of GIO's: so that a test can cancel at every place where it is asked for, one after the other. */
gboolean
g_cancellable_set_error_if_cancelled (GCancellable *cancellable,
                                      GError      **error)
{
  if (++checks == cancelled_at)
    g_cancellable_cancel (cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return TRUE;
}

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
make_workbooks (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "data", "workbooks.py", NULL);
  const char *const arguments[] = { "python3", script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
assert_cell (const QdScan *found,
             const QdScan *expected,
             guint         column)
{
  g_autofree char *a = g_strndup (found->cells[column].text, found->cells[column].length);
  g_autofree char *b = column < expected->n_cells ? g_strndup (expected->cells[column].text, expected->cells[column].length)
                                                  : g_strdup ("");

  if (strcmp (a, b) != 0)
    g_error ("line %u, column %u: “%s” is not “%s”", (guint) found->line, column + 1, a, b);
}

/* Headers, lines and cells of a workbook, as its twin has them. */
static void
test_twin (gconstpointer data)
{
  const char *name = data;
  g_autofree char *xlsx_name = g_strconcat (name, ".xlsx", NULL);
  g_autofree char *csv_name = g_strconcat (name, ".csv", NULL);
  g_autofree char *xlsx = path_of (xlsx_name);
  g_autofree char *csv = path_of (csv_name);
  const QdSourceOptions comma = { .delimiter = ',' };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdSource) book = qd_source_open (xlsx, NULL, NULL, &error);
  g_autoptr (QdSource) twin = NULL;
  g_autofree char *digest = NULL;
  g_auto (QdScan) found = { 0 };
  g_auto (QdScan) expected = { 0 };
  gboolean more;

  g_assert_no_error (error);
  twin = qd_source_open_with (csv, &comma, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (book->encoding, ==, "UTF-8");
  g_assert_false (book->encoding_guessed);
  g_assert_cmpuint (g_strv_length (book->sheets), ==, 1);
  g_assert_cmpstr (book->sheet, ==, book->sheets[0]);
  g_assert_cmpuint (book->n_headers, ==, twin->n_headers);
  for (guint c = 0; c < book->n_headers; c++)
    g_assert_cmpstr (book->headers[c], ==, twin->headers[c]);
  g_assert_cmpuint (book->header_line, ==, twin->header_line);
  digest = file_digest (xlsx);
  g_assert_true (g_str_has_prefix (digest, qd_source_get_digest (book)));
  qd_source_scan (book, &found);
  qd_source_scan (twin, &expected);
  for (;;)
    {
      more = qd_scan_next (&expected, &error);
      g_assert_no_error (error);
      g_assert_cmpint (qd_scan_next (&found, &error), ==, more);
      g_assert_no_error (error);
      if (!more)
        break;
      g_assert_cmpuint (found.line, ==, expected.line);
      g_assert_cmpuint (found.n_cells, ==, book->n_headers);
      for (guint c = 0; c < found.n_cells; c++)
        assert_cell (&found, &expected, c);
    }
}

static void
assert_sheet (const QdSourceOptions *options,
              const char            *header,
              const char            *part)
{
  g_autofree char *path = path_of ("sheets.xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (QdSource) source = qd_source_open_with (path, options, NULL, &error);

  if (part != NULL)
    {
      g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS);
      g_assert_nonnull (strstr (error->message, part));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (source->headers[1], ==, header);
}

static void
test_sheets (void)
{
  const QdSourceOptions none = { 0 };
  const QdSourceOptions any = { .any_sheet = TRUE };
  const QdSourceOptions second = { .sheet = "A & B <1>" };
  const QdSourceOptions last = { .sheet = "Last" };
  const QdSourceOptions hidden = { .sheet = "Hidden" };
  const QdSourceOptions empty = { .sheet = "Empty" };
  const QdSourceOptions other = { .sheet = "Empty", .any_sheet = TRUE };

  /* Those that are hidden, or have no value, are not offered. */
  assert_sheet (&none, NULL, "--sheet: “Cover”, “A & B <1>”, “Last”, “Bare”.");
  assert_sheet (&hidden, NULL, "no sheet “Hidden”");
  assert_sheet (&empty, NULL, "no sheet “Empty”");
  assert_sheet (&second, "name", NULL);
  assert_sheet (&last, "more", NULL);
  /* The cover has no columns: the one behind it is shown. */
  assert_sheet (&any, "name", NULL);
  assert_sheet (&other, "name", NULL);
}

static void
test_sheet_of_text (void)
{
  g_autofree char *path = path_of ("sparse.csv");
  const QdSourceOptions options = { .sheet = "Sparse" };
  g_autoptr (GError) error = NULL;

  g_assert_null (qd_source_open_with (path, &options, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "--sheet"));
}

/* What can be asked about a workbook: its sheets; not a decimal sign that its numbers have. */
static void
test_inspect (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *sheets = path_of ("sheets.xlsx");
  g_autofree char *decimals = path_of ("decimals.xlsx");
  const QdImportOptions options = { 0 };
  const QdImportOptions comma = { .decimal = ',' };
  g_autoptr (QdInspection) inspection = NULL;
  g_autoptr (QdInspection) read = NULL;
  g_autoptr (GError) error = NULL;

  inspection = qd_import_inspect (fixture->store, sheets, NULL, &options, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inspection->sheet, ==, "A & B <1>");
  g_assert_cmpuint (g_strv_length (inspection->sheets), ==, 4);
  g_assert_cmpstr (inspection->columns[1].header, ==, "name");

  /* 1.234 as a number is no question; "1,234" as a text follows it. */
  read = qd_import_inspect (fixture->store, decimals, &qd_kind_subscriptions, &options, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->questions->len, ==, 0);
  g_assert_cmpuint (read->decimals, ==, QD_DECIMAL_POINT);
  g_assert_cmpuint (read->decimal, ==, QD_DECIMAL_POINT);
  g_assert_null (qd_import_inspect (fixture->store, decimals, &qd_kind_subscriptions, &comma, TRUE, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
}

/* Formulas that were never calculated are blank, and that is said. */
static void
test_uncalculated (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = path_of ("formulas.xlsx");
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  import_path (fixture, "accounts", path, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->imported, ==, 2);
  g_assert_true (has_note (result, "2×"));
}

/* What a calculation leaves of nothing is no amount that is too small to read, and none below zero. */
static void
test_rests (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = path_of ("rests.xlsx");
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  import_path (fixture, "subscriptions", path, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->imported, ==, 2);
}

/* A cancelled job ends the reading. */
static void
test_cancel (void)
{
  g_autofree char *path = path_of ("values.xlsx");
  g_autoptr (QdJob) job = qd_job_new ("test", NULL);
  g_autoptr (GError) error = NULL;

  qd_job_cancel (job);
  g_assert_null (qd_source_open (path, NULL, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* @at: 0: never. How often it was asked whether it is. */
static int
open_unreadable (int      at,
                 GError **error)
{
  const QdSourceOptions any = { .any_sheet = TRUE };
  g_autofree char *path = path_of ("unreadable.xlsx");
  g_autoptr (QdJob) job = qd_job_new ("test", NULL);

  checks = 0;
  cancelled_at = at;
  g_assert_null (qd_source_open_with (path, &any, job, error));
  cancelled_at = 0;
  return checks;
}

/* It goes from a sheet that cannot be read to the next; wherever it is cancelled, that is what is said. */
static void
test_cancel_anywhere (void)
{
  g_autoptr (GError) unread = NULL;
  int all = open_unreadable (0, &unread);

  g_assert_error (unread, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
  g_assert_cmpint (all, >=, 12);
  for (int i = 1; i <= all; i++)
    {
      g_autoptr (GError) error = NULL;

      open_unreadable (i, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* What all sheets refer to is read once, also when it cannot be read. */
static void
test_load_once (void)
{
  g_autofree char *path = path_of ("hostile-laughs-in-strings.xlsx");
  g_autofree char *bytes = NULL;
  g_autoptr (QdWorkbook) workbook = NULL;
  g_autoptr (QdJob) job = qd_job_new ("test", NULL);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  QdSheetText text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  workbook = qd_workbook_open (bytes, length, "laughs", job, &first);
  g_assert_no_error (first);
  g_assert_false (qd_workbook_read_sheet (workbook, 0, &text, job, &first));
  g_assert_error (first, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
  checks = 0;
  g_assert_false (qd_workbook_read_sheet (workbook, 0, &text, job, &second));
  g_assert_error (second, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
  g_assert_cmpstr (second->message, ==, first->message);
  g_assert_cmpint (checks, ==, 0);
}

static const struct
{
  const char *name;
  int code; /* a QdIntakeError, −1: it is imported */
  const char *part;
} hostile[] = {
  { "truncated", QD_INTAKE_ERROR_FORMAT, "not complete" },
  { "only-a-head", QD_INTAKE_ERROR_FORMAT, "not complete" },
  { "end-without-directory", QD_INTAKE_ERROR_FORMAT, "not complete" },
  { "more-entries-than-there-are", -1, "" },
  { "changed-byte", QD_INTAKE_ERROR_FORMAT, "sheet1.xml" },
  { "declared-longer", -1, "" },
  { "locked-archive", QD_INTAKE_ERROR_FORMAT, "password" },
  { "locked-workbook", QD_INTAKE_ERROR_FORMAT, "password" },
  { "old-xls", QD_INTAKE_ERROR_FORMAT, "(.xls); save it as .xlsx" },
  { "ods", QD_INTAKE_ERROR_FORMAT, "OpenDocument" },
  { "xlsb", QD_INTAKE_ERROR_FORMAT, "(.xlsb)" },
  { "docx", QD_INTAKE_ERROR_FORMAT, "without a workbook" },
  { "archive-of-csv", QD_INTAKE_ERROR_FORMAT, "unpack it" },
  { "archive-of-nothing", QD_INTAKE_ERROR_FORMAT, "not complete" },
  { "no-relations", QD_INTAKE_ERROR_FORMAT, "_rels/.rels” is missing" },
  { "no-workbook", QD_INTAKE_ERROR_FORMAT, "xl/workbook.xml” is missing" },
  { "no-sheet", QD_INTAKE_ERROR_FORMAT, "sheet1.xml” is missing" },
  { "no-strings", QD_INTAKE_ERROR_FORMAT, "sharedStrings.xml” is missing" },
  { "no-workbook-relations", QD_INTAKE_ERROR_FORMAT, "workbook.xml.rels” is missing" },
  { "relations-without-workbook", QD_INTAKE_ERROR_FORMAT, "without a list" },
  { "relations-to-nowhere", QD_INTAKE_ERROR_FORMAT, "“etc/passwd” is missing" },
  { "relations-of-other-ids", QD_INTAKE_ERROR_FORMAT, "without a value" },
  { "relations-to-itself", QD_INTAKE_ERROR_FORMAT, "without a value" },
  { "no-xml", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "cut-xml", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "cut-behind-the-rows", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "not-utf8", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "unknown-entity", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "billion-laughs", QD_INTAKE_ERROR_FORMAT, "document type" },
  { "laughs-in-strings", QD_INTAKE_ERROR_FORMAT, "document type" },
  { "external-entity", QD_INTAKE_ERROR_FORMAT, "document type" },
  { "external-document-type", QD_INTAKE_ERROR_FORMAT, "document type" },
  { "deep-elements", QD_INTAKE_ERROR_FORMAT, "too deeply" },
  { "deep-folders", -1, "" },
  { "many-attributes", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-with-ends", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-one-too-many", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "namespaces-with-ends", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-behind-a-comment", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-behind-an-instruction", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-behind-data", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-in-wide-letters", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "attributes-in-another-encoding", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "attributes-in-utf7", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "namespaces-in-depth", QD_INTAKE_ERROR_FORMAT, "256 attributes" },
  { "zeros-between", QD_INTAKE_ERROR_FORMAT, "no XML" },
  { "string-out-of-range", QD_INTAKE_ERROR_FORMAT, "cell B3 names a text" },
  { "string-below-zero", QD_INTAKE_ERROR_FORMAT, "cell B3 names a text" },
  { "string-of-no-number", QD_INTAKE_ERROR_FORMAT, "cell B3 names a text" },
  { "row-of-billions", QD_INTAKE_ERROR_FORMAT, "follows row 2" },
  { "row-beyond-digits", QD_INTAKE_ERROR_FORMAT, "follows row 2" },
  { "row-zero", QD_INTAKE_ERROR_FORMAT, "follows row 2" },
  { "rows-out-of-order", QD_INTAKE_ERROR_FORMAT, "follows row 9" },
  { "row-in-a-row", QD_INTAKE_ERROR_FORMAT, "follows row 3" },
  { "cell-in-a-cell", QD_INTAKE_ERROR_FORMAT, "cell B3 stands twice" },
  { "cell-without-a-row", QD_INTAKE_ERROR_FORMAT, "cell A3 stands twice" },
  { "column-of-letters", QD_INTAKE_ERROR_FORMAT, "cell ZZZZZZZ3" },
  { "column-beyond", QD_INTAKE_ERROR_FORMAT, "Cell XFD3" },
  { "cell-of-another-row", QD_INTAKE_ERROR_FORMAT, "cell B7" },
  { "cells-twice", QD_INTAKE_ERROR_FORMAT, "cell B3 stands twice" },
  { "cells-out-of-order", QD_INTAKE_ERROR_FORMAT, "cell B3 stands twice" },
  { "columns-20000", QD_INTAKE_ERROR_FORMAT, "4,096" },
  { "long-cell", QD_INTAKE_ERROR_FORMAT, "Cell A3 is longer" },
  { "long-text", QD_INTAKE_ERROR_FORMAT, "512 KiB" },
  { "empty-workbook", QD_INTAKE_ERROR_FORMAT, "without a value" },
  { "no-sheets", QD_INTAKE_ERROR_FORMAT, "without a value" },
  { "all-hidden", QD_INTAKE_ERROR_FORMAT, "not hidden" },
  { "sheets-5000", QD_INTAKE_ERROR_FORMAT, "1024 sheets" },
  { "bomb-of-blanks", QD_INTAKE_ERROR_FORMAT, "512 KiB" },
  { "bomb-of-rows", QD_INTAKE_ERROR_FORMAT, "unpacks to much more" },
  { "bomb-of-strings", QD_INTAKE_ERROR_FORMAT, "texts of the workbook" },
  { "one-text-a-million-times", QD_INTAKE_ERROR_FORMAT, "cells of the sheet" },
  { "rejected-cells", QD_INTAKE_ERROR_REJECTED, "line 3" },
};

static void
test_hostile (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  struct rusage usage;

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *name = g_strdup_printf ("hostile-%s.xlsx", hostile[i].name);
      g_autofree char *path = path_of (name);
      g_autofree char *before = file_digest (fixture->path);
      g_autofree char *after = NULL;
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = import_path (fixture, "subscriptions", path, NULL, &result, &error);

      g_test_message ("%s: %s", hostile[i].name, error ? error->message : "goes in");
      g_assert_cmpint (ok, ==, hostile[i].code == -1);
      if (ok)
        continue;
      g_assert_error (error, QD_INTAKE_ERROR, hostile[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (strstr (error->message, hostile[i].part) == NULL)
        g_error ("%s: “%s” is not in “%s”", hostile[i].name, hostile[i].part, error->message);
      after = file_digest (fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
  getrusage (RUSAGE_SELF, &usage);
  g_test_message ("peak %ld KB", usage.ru_maxrss);
  if (g_getenv ("QD_TEST_NO_MEMORY_LIMIT") == NULL)
    g_assert_cmpint (usage.ru_maxrss, <, MEMORY_KB);
}

/* What is offered as a trap is in the table above. */
static void
test_no_trap_forgotten (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "hostile-");
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (hostile));
}

int
main (int    argc,
      char **argv)
{
  static const char *const twins[] = { "values", "sparse", "old", "wide", "marks", "marks-big", "marks-little" };
  int status;

  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("workbooks-XXXXXX", NULL);
  g_assert_nonnull (folder);
  make_workbooks ();
  for (gsize i = 0; i < G_N_ELEMENTS (twins); i++)
    {
      g_autofree char *path = g_strconcat ("/workbook/twin/", twins[i], NULL);

      g_test_add_data_func (path, twins[i], test_twin);
    }
  g_test_add_func ("/workbook/sheets", test_sheets);
  g_test_add_func ("/workbook/sheet-of-text", test_sheet_of_text);
  g_test_add_func ("/workbook/inspect", test_inspect);
  g_test_add_func ("/workbook/uncalculated", test_uncalculated);
  g_test_add_func ("/workbook/rests", test_rests);
  g_test_add_func ("/workbook/cancel", test_cancel);
  g_test_add_func ("/workbook/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/workbook/load-once", test_load_once);
  g_test_add_func ("/workbook/hostile", test_hostile);
  g_test_add_func ("/workbook/no-trap-forgotten", test_no_trap_forgotten);
  status = g_test_run ();
  remove_tree (folder);
  g_free (folder);
  return status;
}
