/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes by hand: what they write, what they refuse, undo and redo, after a
 * restart too, and what the history says about them.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "edit-fixture.h"

static QdTable *
account (EditFixture *fixture,
         const char  *id)
{
  g_autoptr (GError) error = NULL;
  QdTable *table = qd_workspace_get_account (fixture->workspace, id, &error);

  g_assert_no_error (error);
  return table;
}

/* Each kind of field is written, shown, and goes back. */
static void
test_account (EditFixture  *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *field, *value, *stored, *shown, *before;
  } edits[] = {
    { "name", "  Acme & Söhne ", "name", "Acme & Söhne", "Acme" },
    { "segment", "Enterprise", "segment", "Enterprise", "SMB" },
    { "region", "EMEA", "region", "EMEA", NULL },
    { "csm", "", "csm", NULL, "Ann" },
    { "signup_date", "2023-01-31", "signup", "2023-01-31", "2023-01-05" },
    { "signup_date", "31.01.2023", "signup", "2023-01-31", "2023-01-05" },
    { "seats", "1200", "seats", "1200", "10" },
    { "seats", "1,200,300", "seats", "1200300", "10" },
    { "currency", "eur", "currency", "EUR", NULL },
    { "plan_tier", "platinum", NULL, "platinum", "gold" },
    { "plan_tier", NULL, NULL, NULL, "gold" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      gint64 entry = edits_edit (fixture, "A1", edits[i].field, edits[i].value);
      g_autoptr (QdTable) after = account (fixture, "A1");
      g_autoptr (QdTable) before = NULL;

      g_assert_cmpint (entry, >, 0);
      g_assert_cmpstr (edits_field_of (after, edits[i].field), ==, edits[i].shown);
      edits_undo (fixture, entry);
      before = account (fixture, "A1");
      g_assert_cmpstr (edits_field_of (before, edits[i].field), ==, edits[i].before);
      edits_redo (fixture, entry);
      edits_undo (fixture, entry);
    }
  /* a day is stored as a day: 19388 is 2023-01-31 */
  edits_edit (fixture, "A1", "signup_date", "2023-01-31");
  edits_assert_text (fixture, "SELECT signup || typeof (signup) FROM account WHERE external_id = 'A1'", "19388integer");
  /* the book follows */
  {
    g_autoptr (QdBook) book = NULL;

    edits_edit (fixture, "A1", "segment", "Enterprise");
    edits_edit (fixture, "A2", "plan_tier", "");
    book = qd_workspace_get_book (fixture->workspace, NULL, NULL);
    g_assert_cmpstr (qd_book_get_value (book, (guint) qd_book_find_dimension (book, "segment"),
                                        qd_book_get_account_values (book, (guint) qd_book_find_dimension (book, "segment"))[0]),
                     ==, "Enterprise");
    g_assert_cmpuint (qd_book_get_account_values (book, (guint) qd_book_find_dimension (book, "plan_tier"))[1], ==, 0);
  }
}

/* The record says everything, empty attributes and where it came from too. */
static void
test_record (EditFixture  *fixture,
             gconstpointer data)
{
  g_autoptr (QdTable) one = account (fixture, "A2");
  g_autoptr (QdTable) implied = account (fixture, "A9");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (edits_field_of (one, "account_id"), ==, "A2");
  g_assert_cmpstr (edits_field_of (one, "parent_id"), ==, "A1");
  g_assert_cmpstr (edits_field_of (one, "industry"), ==, NULL);
  g_assert_cmpstr (edits_field_of (one, "plan_tier"), ==, "silver");
  g_assert_cmpstr (edits_field_of (one, "file"), ==, "accounts.csv");
  g_assert_cmpstr (edits_field_of (one, "line"), ==, "3");
  g_assert_cmpstr (edits_field_of (implied, "implied"), ==, "yes");
  g_assert_cmpstr (edits_field_of (implied, "plan_tier"), ==, NULL);
  g_assert_null (qd_workspace_get_account (fixture->workspace, "A77", &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
}

/* What does not fit is refused, with what would, and nothing changes. */
static void
test_refused (EditFixture  *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *account, *field, *value;
    int code;
    const char *part;
  } edits[] = {
    { "A77", "name", "x", QD_EDIT_ERROR_UNKNOWN, "A77" },
    { "A1", "account_id", "x", QD_EDIT_ERROR_UNKNOWN, "account_id" },
    { "A1", "plan_teir", "x", QD_EDIT_ERROR_UNKNOWN, "plan_teir" },
    { "A1", "name", " ", QD_EDIT_ERROR_VALUE, "cannot be empty" },
    { "A1", "name", "two\nlines", QD_EDIT_ERROR_VALUE, "one line" },
    { "A1", "name", "\xff", QD_EDIT_ERROR_VALUE, "UTF-8" },
    { "A1", "plan_tier", "a\tb", QD_EDIT_ERROR_VALUE, "one line" },
    { "A1", "signup_date", "2023-02-30", QD_EDIT_ERROR_VALUE, "no date" },
    { "A1", "signup_date", "03/04/2023", QD_EDIT_ERROR_VALUE, "2023-04-03 or 2023-03-04" },
    { "A1", "seats", "many", QD_EDIT_ERROR_VALUE, "no number" },
    { "A1", "seats", "1.5", QD_EDIT_ERROR_VALUE, "whole number" },
    { "A1", "seats", "-1", QD_EDIT_ERROR_VALUE, "whole number" },
    { "A1", "seats", "1.200", QD_EDIT_ERROR_VALUE, "two ways" },
    { "A1", "currency", "EURO", QD_EDIT_ERROR_VALUE, "ISO 4217" },
    { "A1", "parent_id", "A77", QD_EDIT_ERROR_VALUE, "no account" },
    { "A1", "parent_id", "A1", QD_EDIT_ERROR_VALUE, "itself" },
    { "A1", "parent_id", "A3", QD_EDIT_ERROR_VALUE, "below" },
  };
  gint64 version = qd_store_get_version (edits_store_of (fixture));

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 entry = 0;

      g_assert_false (qd_workspace_edit_account (fixture->workspace, edits[i].account, edits[i].field, edits[i].value,
                                                 &entry, &error));
      g_assert_error (error, QD_EDIT_ERROR, edits[i].code);
      if (strstr (error->message, edits[i].part) == NULL)
        g_error ("“%s” is not in “%s”", edits[i].part, error->message);
      g_assert_cmpint (entry, ==, 0);
    }
  g_assert_cmpint (qd_store_get_version (edits_store_of (fixture)), ==, version);
  /* by its name, when only one has it */
  edits_edit (fixture, "A3", "parent_id", "Acme");
  edits_assert_text (fixture, "SELECT p.external_id FROM account a JOIN account p ON p.id = a.parent WHERE a.external_id = 'A3'", "A1");
  /* the same value is no change */
  g_assert_cmpint (edits_edit (fixture, "A3", "parent_id", "A1"), ==, 0);
  g_assert_cmpint (edits_edit (fixture, "A3", "segment", " SMB"), ==, 0);
  g_assert_cmpint (edits_edit (fixture, "A3", "plan_tier", ""), ==, 0);
}

/* What is said before is what happens then; a look changes nothing. */
static void
test_preview (EditFixture  *fixture,
              gconstpointer data)
{
  const char *const all[] = { "A1", "A2", "A3", NULL };
  const char *const circle[] = { "A2", "A1", NULL };
  const struct
  {
    const char *field, *value;
    guint changed, empty;
  } looks[] = {
    { "segment", "SMB", 1, 0 },  { "segment", " Mid ", 2, 0 }, { "segment", "", 3, 0 },
    { "region", "EMEA", 3, 3 },  { "plan_tier", "gold", 2, 1 },
    { "signup_date", "2023-01-05", 2, 1 }, { "seats", "20", 2, 0 },
  };
  g_autoptr (GError) error = NULL;
  QdEditEffect effect;

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_assert_true (qd_workspace_preview_accounts (fixture->workspace, all, looks[i].field, looks[i].value, NULL, &effect,
                                                    &error));
      g_assert_no_error (error);
      g_assert_cmpuint (effect.n_changed, ==, looks[i].changed);
      g_assert_cmpuint (effect.n_empty, ==, looks[i].empty);
    }
  edits_assert_text (fixture, "SELECT group_concat (segment || csm) FROM (SELECT * FROM account WHERE implied = 0 ORDER BY id)",
               "SMBAnn,MidBob,SMBAnn");
  edits_assert_text (fixture, "SELECT count(*) FROM history_entry WHERE kind = 1", "0");
  /* what would be refused is refused here already */
  g_assert_false (qd_workspace_preview_accounts (fixture->workspace, all, "seats", "many", NULL, &effect, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (qd_workspace_preview_accounts (fixture->workspace, circle, "parent_id", "A3", NULL, &effect, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
}

/* Thousands at once: one entry, undone as one, and given up when it is cancelled. */
static void
test_many (EditFixture  *fixture,
           gconstpointer data)
{
  const guint n = 2000;
  g_autoptr (GString) csv = g_string_new ("account_id,name,segment\n");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) accounts = NULL;
  g_autoptr (QdJob) job = qd_job_new ("", NULL);
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("M%u", i);

      g_string_append_printf (csv, "%s,Many %u,%s\n", id, i, i % 4 == 0 ? "SMB" : "Mid");
      g_strv_builder_add (builder, id);
    }
  accounts = g_strv_builder_end (builder);
  edits_import (fixture, "accounts", csv->str);
  qd_job_cancel (job);
  g_assert_false (qd_workspace_edit_accounts (fixture->workspace, (const char *const *) accounts, "segment", "SMB", job,
                                              &entry, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  edits_assert_text (fixture, "SELECT count(*) FROM account WHERE name LIKE 'Many%' AND segment = 'SMB'", "500");
  g_assert_true (qd_workspace_edit_accounts (fixture->workspace, (const char *const *) accounts, "segment", "SMB", NULL,
                                             &entry, &error));
  g_assert_no_error (error);
  edits_find (fixture, TRUE, "1500 accounts: Segment set to “SMB”");
  edits_assert_text (fixture, "SELECT count(*) FROM account WHERE name LIKE 'Many%' AND segment = 'SMB'", "2000");
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT count(*) FROM account WHERE name LIKE 'Many%' AND segment = 'SMB'", "500");
}

/* Several at once are one entry; one that fails takes all with it. */
static void
test_several (EditFixture  *fixture,
              gconstpointer data)
{
  const char *const three[] = { "A1", "A2", "A3", NULL };
  const char *const wrong[] = { "A1", "A77", NULL };
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;

  qd_workspace_edit_accounts (fixture->workspace, three, "segment", "SMB", NULL, &entry, &error);
  g_assert_no_error (error);
  /* two had it already */
  g_assert_cmpint (edits_find (fixture, TRUE, "Beta: Segment changed from “Mid” to “SMB”"), ==, entry);
  qd_workspace_edit_accounts (fixture->workspace, three, "csm", "Zoe", NULL, &entry, &error);
  g_assert_no_error (error);
  edits_find (fixture, TRUE, "3 accounts: CSM set to “Zoe”");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT group_concat (csm) FROM (SELECT csm FROM account WHERE implied = 0 ORDER BY id)", "Ann,Bob,Ann");
  g_assert_false (qd_workspace_edit_accounts (fixture->workspace, wrong, "csm", "Zoe", NULL, &entry, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
  edits_assert_text (fixture, "SELECT csm FROM account WHERE external_id = 'A1'", "Ann");
}

/* What the keys act on, through a restart; a new edit leaves nothing to redo. */
static void
test_turns (EditFixture  *fixture,
            gconstpointer data)
{
  gint64 first = edits_edit (fixture, "A1", "segment", "Mid");
  gint64 second = edits_edit (fixture, "A1", "csm", "");
  gint64 third;

  g_assert_cmpint (edits_find (fixture, FALSE, NULL), ==, 0);
  g_assert_cmpint (edits_find (fixture, TRUE, "Acme: CSM emptied, it was “Ann”"), ==, second);
  edits_undo (fixture, second);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  g_assert_cmpint (edits_find (fixture, TRUE, "Acme: Segment changed from “SMB” to “Mid”"), ==, first);
  g_assert_cmpint (edits_find (fixture, FALSE, "Acme: CSM emptied, it was “Ann”"), ==, second);
  edits_undo (fixture, first);
  g_assert_cmpint (edits_find (fixture, FALSE, "Acme: Segment changed from “SMB” to “Mid”"), ==, first);
  edits_redo (fixture, first);
  edits_redo (fixture, second);
  g_assert_cmpint (edits_find (fixture, FALSE, NULL), ==, 0);
  g_assert_cmpint (edits_find (fixture, TRUE, "Acme: CSM emptied, it was “Ann”"), ==, second);
  edits_undo (fixture, second);
  third = edits_edit (fixture, "A2", "region", "EMEA");
  g_assert_cmpint (edits_find (fixture, FALSE, NULL), ==, 0);
  g_assert_cmpint (edits_find (fixture, TRUE, "Beta: Region set to “EMEA”"), ==, third);
  /* all the way back: the imports too */
  edits_undo (fixture, third);
  edits_undo (fixture, first);
  edits_undo (fixture, edits_find (fixture, TRUE, "Import of subscriptions from “subscriptions.csv”: 4 new, 0 changed"));
  edits_undo (fixture, edits_find (fixture, TRUE, "Import of exchange rates from “fx.csv”: 2 new, 0 changed"));
  edits_undo (fixture, edits_find (fixture, TRUE, "Import of accounts from “accounts.csv”: 3 new, 0 changed"));
  g_assert_cmpint (edits_find (fixture, TRUE, NULL), ==, 0);
  edits_assert_text (fixture, "SELECT count(*) FROM account", "0");
}

/* Undoing an older edit: the later one of the same field wins and is listed; an import under edits says who builds on it. */
static void
test_later (EditFixture  *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  gint64 first = edits_edit (fixture, "A1", "segment", "Mid");
  gint64 custom = edits_edit (fixture, "A1", "plan_tier", "");

  edits_edit (fixture, "A1", "segment", "Enterprise");
  edits_edit (fixture, "A1", "plan_tier", "lead");
  qd_workspace_undo (fixture->workspace, first, NULL, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_nonnull (strstr (kept->pdata[0], "Segment"));
  edits_assert_text (fixture, "SELECT segment FROM account WHERE external_id = 'A1'", "Enterprise");
  g_clear_pointer (&kept, g_ptr_array_unref);
  qd_workspace_undo (fixture->workspace, custom, NULL, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  edits_assert_text (fixture, "SELECT value FROM account_value WHERE field = 'plan_tier' AND account = 1", "lead");
  g_assert_false (qd_workspace_undo_import (fixture->workspace, 1, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS);
}

/* What the undo of an import would leave as it is is known before; asking changes nothing. */
static void
test_preview_undo (EditFixture  *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (QdHistoryPreview) kept = { 0 };
  g_auto (QdHistoryPreview) none = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 version;

  edits_import (fixture, "accounts", "account_id,name,segment\nA1,Acme,Late\nA2,Beta,Late\n");
  g_assert_true (qd_workspace_preview_undo (fixture->workspace, 0, 4, NULL, &none, &error));
  g_assert_true (none.possible);
  g_assert_cmpuint (none.kept->len + none.later->len, ==, 0);
  edits_edit (fixture, "A1", "segment", "By hand");
  before = qd_workspace_list_history (fixture->workspace, NULL);
  version = qd_store_get_version (qd_workspace_get_store (fixture->workspace));
  g_assert_true (qd_workspace_preview_undo (fixture->workspace, 0, 4, NULL, &kept, &error));
  g_assert_no_error (error);
  g_assert_true (kept.possible);
  g_assert_cmpuint (kept.kept->len, ==, 1);
  g_assert_nonnull (strstr (kept.kept->pdata[0], "Segment"));
  g_assert_cmpuint (kept.later->len, ==, 1);
  g_assert_cmpstr (((QdHistoryEntry *) kept.later->pdata[0])->summary, ==, "Acme: Segment changed from “Late” to “By hand”");
  after = qd_workspace_list_history (fixture->workspace, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpint (qd_store_get_version (qd_workspace_get_store (fixture->workspace)), ==, version);
  edits_assert_text (fixture, "SELECT group_concat (segment, ',') FROM (SELECT segment FROM account WHERE external_id IN ('A1', 'A2') "
                        "ORDER BY external_id)", "By hand,Late");
  /* and the undo does just that */
  g_assert_true (qd_workspace_undo_import (fixture->workspace, 4, NULL, NULL, &error));
  edits_assert_text (fixture, "SELECT group_concat (segment, ',') FROM (SELECT segment FROM account WHERE external_id IN ('A1', 'A2') "
                        "ORDER BY external_id)", "By hand,Mid");
}

/* An import that everything else builds on, by the ways that people have: all goes back at once, and returns at once. */
static void
test_with_later (EditFixture  *fixture,
                 gconstpointer data)
{
  static const char *const accounts[] = { "B1", "B2", "A1", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (QdTable) changes = NULL;
  g_autoptr (GString) csv = NULL;
  g_autofree char *before = dump_data (fixture->path);
  g_autofree char *full = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *back = NULL;
  g_autofree char *again = NULL;
  gint64 first, bulk = 0;

  edits_import (fixture, "accounts", "account_id,name,segment,plan_tier\nB1,Bert,SMB,gold\nB2,Bob,SMB,gold\nA1,Acme,Mid,gold\n");
  edits_import (fixture, "subscriptions", "line_id,account_id,start,mrr\nM1,B1,2024-01-01,10\nM2,B2,2024-01-01,20\n");
  first = edits_edit (fixture, "B1", "csm", "Ann");
  edits_edit_row (fixture, "line:M1", "mrr", "99.50");
  edits_import (fixture, "accounts", "account_id,name,segment\nB1,Bertha,Mid\nB3,Bill,Mid\n");
  qd_workspace_edit_accounts (fixture->workspace, accounts, "segment", "Enterprise", NULL, &bulk, &error);
  g_assert_no_error (error);
  edits_edit (fixture, "B2", "plan_tier", "lead");
  qd_workspace_delete_row (fixture->workspace, "line:M2", NULL, &error);
  g_assert_no_error (error);
  full = dump_data (fixture->path);
  g_assert_false (qd_workspace_undo_import (fixture->workspace, 4, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS);
  g_clear_error (&error);

  qd_workspace_undo_with_later (fixture->workspace, 0, 4, NULL, &later, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (later->len, ==, 7);
  g_assert_cmpint (((QdHistoryEntry *) later->pdata[6])->batch, ==, 5);
  g_assert_cmpint (((QdHistoryEntry *) later->pdata[5])->id, ==, first);
  gone = dump_data (fixture->path);
  g_assert_cmpstr (gone, ==, before);
  history = qd_workspace_list_history (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3 + 8 + 1);
  g_assert_cmpstr (((QdHistoryEntry *) history->pdata[0])->summary, ==,
                   "Undo: Import of accounts from “accounts.csv”: 2 new, 1 changed; and 7 later changes");

  /* it says what all of them changed */
  changes = qd_workspace_get_changes (fixture->workspace, ((QdHistoryEntry *) history->pdata[0])->id, 0, &error);
  g_assert_no_error (error);
  csv = g_string_new (NULL);
  qd_table_write_csv (changes, csv);
  g_assert_nonnull (strstr (csv->str, "99.50"));

  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  qd_workspace_redo_last (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  back = dump_data (fixture->path);
  g_assert_cmpstr (back, ==, full);
  qd_workspace_undo_last (fixture->workspace, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  again = dump_data (fixture->path);
  g_assert_cmpstr (again, ==, before);
}

/* A name by hand makes a mentioned account a known one, which stays when the import that mentioned it goes. */
static void
test_implied (EditFixture  *fixture,
              gconstpointer data)
{
  gint64 entry;
  g_autoptr (GError) error = NULL;

  edits_edit (fixture, "A9", "segment", "SMB");
  edits_assert_text (fixture, "SELECT implied FROM account WHERE external_id = 'A9'", "1");
  entry = edits_edit (fixture, "A9", "name", "Nine");
  edits_assert_text (fixture, "SELECT implied || ' ' || batch FROM account WHERE external_id = 'A9'", "0 0");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT implied || ' ' || batch FROM account WHERE external_id = 'A9'", "1 3");
  edits_redo (fixture, entry);
  qd_workspace_undo_import (fixture->workspace, 3, NULL, NULL, &error);
  g_assert_no_error (error);
  edits_assert_text (fixture, "SELECT name FROM account WHERE external_id = 'A9'", "Nine");
}

/* An attribute with a history by dates: today's value and the latest of the history stay one. */
static void
test_dated (EditFixture  *fixture,
            gconstpointer data)
{
  gint64 entry;

  edits_import (fixture, "accounts", "account_id,name,segment,valid_from\nA1,Acme,Mid,2024-01-01\n");
  edits_assert_text (fixture, "SELECT group_concat (value) FROM account_value WHERE field = 'segment'", "SMB,Mid");
  entry = edits_edit (fixture, "A1", "segment", "Enterprise");
  edits_assert_text (fixture, "SELECT segment FROM account WHERE external_id = 'A1'", "Enterprise");
  edits_assert_text (fixture, "SELECT group_concat (value) FROM account_value WHERE field = 'segment'", "SMB,Enterprise");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT segment FROM account WHERE external_id = 'A1'", "Mid");
  edits_assert_text (fixture, "SELECT group_concat (value) FROM account_value WHERE field = 'segment'", "SMB,Mid");
  edits_edit (fixture, "A1", "segment", NULL);
  edits_assert_text (fixture, "SELECT coalesce (segment, '-') FROM account WHERE external_id = 'A1'", "-");
  edits_assert_text (fixture, "SELECT group_concat (value) FROM account_value WHERE field = 'segment'", "SMB,");
}

static void
assert_amount (EditFixture *fixture,
               const char  *line,
               const char  *expected)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT amount_num || '/' || amount_den || coalesce (currency, '') FROM subscription_line WHERE external_id = '%s'", line);

  edits_assert_text (fixture, sql, expected);
}

static void
test_line (EditFixture  *fixture,
           gconstpointer data)
{
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entry;

  table = qd_workspace_get_row (fixture->workspace, "line:L2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edits_field_of (table, "account_id"), ==, "A1");
  g_assert_cmpstr (edits_field_of (table, "product"), ==, "Core");
  g_assert_cmpstr (edits_field_of (table, "end"), ==, NULL);
  g_assert_cmpstr (edits_field_of (table, "mrr"), ==, "100.00"); /* 10 × 120 ÷ 12 */
  g_assert_cmpstr (edits_field_of (table, "arr"), ==, "1200.00");
  g_assert_cmpstr (edits_field_of (table, "unit_price"), ==, "120");
  g_assert_cmpstr (edits_field_of (table, "file"), ==, "subscriptions.csv");
  g_assert_cmpstr (edits_field_of (table, "line"), ==, "3");

  entry = edits_edit_row (fixture, "line:L1", "mrr", "250.50");
  assert_amount (fixture, "L1", "25050/1");
  edits_find (fixture, TRUE, "Acme, line L1: MRR changed from “100.00” to “250.50”");
  edits_undo (fixture, entry);
  assert_amount (fixture, "L1", "10000/1");
  edits_edit_row (fixture, "line:L1", "arr", "1000");
  assert_amount (fixture, "L1", "25000/3");
  /* what is shown, rounded, is the amount that is there */
  g_assert_cmpint (edits_edit_row (fixture, "line:L1", "mrr", "83.33"), ==, 0);

  /* an amount from a price follows it */
  edits_edit_row (fixture, "line:L2", "quantity", "12");
  assert_amount (fixture, "L2", "12000/1");
  edits_edit_row (fixture, "line:L2", "discount", "25 %");
  assert_amount (fixture, "L2", "9000/1");
  edits_edit_row (fixture, "line:L2", "interval", "quarter");
  assert_amount (fixture, "L2", "36000/1");
  edits_edit_row (fixture, "line:L2", "unit_price", "100");
  assert_amount (fixture, "L2", "30000/1");
  /* one that was given by itself does not */
  edits_edit_row (fixture, "line:L2", "mrr", "1");
  edits_edit_row (fixture, "line:L2", "quantity", "99");
  assert_amount (fixture, "L2", "100/1");

  /* another currency keeps the major units; yen have no decimals */
  edits_edit_row (fixture, "line:L3", "currency", "jpy");
  assert_amount (fixture, "L3", "50/1JPY");
  edits_edit_row (fixture, "line:L3", "currency", "USD");
  assert_amount (fixture, "L3", "5000/1");

  edits_edit_row (fixture, "line:L3", "end", "2024-06-30");
  edits_edit_row (fixture, "line:L3", "canceled_at", "2024-05-01");
  edits_edit_row (fixture, "line:L3", "trial", "true");
  edits_edit_row (fixture, "line:L3", "auto_renew", "no");
  edits_edit_row (fixture, "line:L3", "product", "Core");
  edits_assert_text (fixture, "SELECT date (\"end\" * 86400, 'unixepoch') || date (canceled_at * 86400, 'unixepoch') || trial || auto_renew"
                        " || product FROM subscription_line WHERE external_id = 'L3'",
               "2024-06-302024-05-01101");
  edits_edit_row (fixture, "line:L3", "end", NULL);
  edits_edit_row (fixture, "line:L3", "product", "");
  edits_edit_row (fixture, "line:L3", "trial", "no");
  edits_assert_text (fixture, "SELECT coalesce (\"end\", '-') || coalesce (product, '-') || trial FROM subscription_line WHERE external_id = 'L3'",
               "--0");
}

static void
test_line_refused (EditFixture  *fixture,
                   gconstpointer data)
{
  static const struct
  {
    const char *key, *field, *value;
    int code;
    const char *part;
  } edits[] = {
    { "line:L77", "mrr", "1", QD_EDIT_ERROR_UNKNOWN, "L77" },
    { "line:L1", "line_id", "x", QD_EDIT_ERROR_UNKNOWN, "line_id" },
    { "line:L1", "start", "", QD_EDIT_ERROR_VALUE, "cannot be empty" },
    { "line:L1", "start", "2024-01-01", QD_EDIT_ERROR_VALUE, "before it starts on 2024-01-01" },
    { "line:L1", "end", "2022-01-01", QD_EDIT_ERROR_VALUE, "before it starts" },
    { "line:L1", "mrr", "", QD_EDIT_ERROR_VALUE, "cannot be empty" },
    { "line:L1", "mrr", "-5", QD_EDIT_ERROR_VALUE, "below 0" },
    { "line:L1", "mrr", "1.234", QD_EDIT_ERROR_VALUE, "two ways" },
    { "line:L1", "mrr", "abc", QD_EDIT_ERROR_VALUE, "no number" },
    { "line:L1", "mrr", "99999999999999999", QD_EDIT_ERROR_VALUE, "too large" },
    { "line:L1", "product", "Nix", QD_EDIT_ERROR_VALUE, "Core" },
    { "line:L1", "currency", "GBP", QD_EDIT_ERROR_VALUE, "exchange rate" },
    { "line:L1", "currency", "XXXX", QD_EDIT_ERROR_VALUE, "ISO 4217" },
    { "line:L1", "interval", "fortnightish", QD_EDIT_ERROR_VALUE, "quarter" },
    { "line:L1", "discount", "101", QD_EDIT_ERROR_VALUE, "0 to 100" },
    { "line:L1", "trial", "perhaps", QD_EDIT_ERROR_VALUE, "neither" },
    { "line:L1", "trial", "", QD_EDIT_ERROR_VALUE, "cannot be empty" },
    { "line:L1", "interval_count", "0", QD_EDIT_ERROR_VALUE, "1 or more" },
    { "line:L2", "unit_price", "", QD_EDIT_ERROR_VALUE, "follows from its price" },
  };
  gint64 version = qd_store_get_version (edits_store_of (fixture));

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (qd_workspace_edit_row (fixture->workspace, edits[i].key, edits[i].field, edits[i].value, NULL, &error));
      g_assert_error (error, QD_EDIT_ERROR, edits[i].code);
      if (strstr (error->message, edits[i].part) == NULL)
        g_error ("“%s” is not in “%s”", edits[i].part, error->message);
    }
  g_assert_cmpint (qd_store_get_version (edits_store_of (fixture)), ==, version);
}

static void
test_delete (EditFixture  *fixture,
             gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;

  before = store_text (edits_store_of (fixture), "SELECT group_concat (quote (external_id) || start || amount_num || line) FROM subscription_line");
  qd_workspace_delete_row (fixture->workspace, "line:L1", &entry, &error);
  g_assert_no_error (error);
  edits_find (fixture, TRUE, "Acme: line L1 deleted");
  edits_assert_text (fixture, "SELECT count(*) FROM subscription_line", "3");
  /* the import cannot go while a deletion of its row stands */
  g_assert_false (qd_workspace_undo_import (fixture->workspace, 3, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS);
  g_assert_nonnull (strstr (error->message, "Acme: line L1 deleted"));
  g_assert_null (strchr (error->message, '\x1f'));
  edits_undo (fixture, entry);
  after = store_text (edits_store_of (fixture), "SELECT group_concat (quote (external_id) || start || amount_num || line) FROM subscription_line");
  g_assert_cmpstr (after, ==, before);
  g_clear_error (&error);
  g_assert_false (qd_workspace_delete_row (fixture->workspace, "line:L77", &entry, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
}

/* The rows behind an account, of every form, each with its file and line. */
static void
test_rows (EditFixture  *fixture,
           gconstpointer data)
{
  g_autoptr (QdTable) lines = NULL;
  g_autoptr (QdTable) others = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) csv = g_string_new (NULL);

  edits_edit_row (fixture, "line:L3", "currency", "JPY");
  edits_import (fixture, "mrr", "account_id,month,mrr\nB1,2024-01,10\nB1,2024-02,12.50\n");
  lines = qd_workspace_get_account_lines (fixture->workspace, "A1", &error);
  g_assert_no_error (error);
  qd_table_write_csv (lines, csv);
  g_assert_cmpstr (csv->str, ==,
                   "form,id,product,start,end,mrr,change,currency,trial,canceled_at,kind,import,file,line,key\n"
                   "line,L1,Core,2023-01-05,2023-12-31,100.00,,USD,no,,,3,subscriptions.csv,2,line:L1\n"
                   "line,L2,Core,2024-01-01,,100.00,,USD,no,,,3,subscriptions.csv,3,line:L2\n");
  g_string_truncate (csv, 0);
  others = qd_workspace_get_account_lines (fixture->workspace, "B1", &error);
  g_assert_no_error (error);
  qd_table_write_csv (others, csv);
  g_clear_pointer (&others, qd_table_unref);
  others = qd_workspace_get_account_lines (fixture->workspace, "A2", &error);
  g_assert_no_error (error);
  qd_table_write_csv (others, csv);
  g_assert_cmpstr (csv->str, ==,
                   "form,id,product,start,end,mrr,change,currency,trial,canceled_at,kind,import,file,line,key\n"
                   "month,,,2024-01-01,2024-01-31,10.00,,USD,,,,4,mrr.csv,2,month:1\n"
                   "month,,,2024-02-01,2024-02-29,12.50,,USD,,,,4,mrr.csv,3,month:2\n"
                   "form,id,product,start,end,mrr,change,currency,trial,canceled_at,kind,import,file,line,key\n"
                   "line,L3,Extra,2023-02-01,,50,,JPY,no,,,3,subscriptions.csv,4,line:L3\n");
}

/* What an entry changed, in words. */
static void
test_changes (EditFixture  *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;

  edits_assert_changes (fixture, edits_edit (fixture, "A1", "segment", "Mid"), 0, "Account,A1,Segment,changed,SMB,Mid\n");
  edits_assert_changes (fixture, edits_edit (fixture, "A3", "parent_id", "A1"), 0, "Account,A3,Parent,changed,A2,A1\n");
  edits_assert_changes (fixture, edits_edit (fixture, "A1", "signup_date", ""), 0, "Account,A1,Signed up,changed,2023-01-05,\n");
  edits_assert_changes (fixture, edits_edit (fixture, "A1", "plan_tier", "lead"), 0, "Account,A1,Plan tier,changed,gold,lead\n");
  edits_assert_changes (fixture, edits_edit (fixture, "A3", "plan_tier", "lead"), 0, "Account,A3,Plan tier,added,,lead\n");
  edits_assert_changes (fixture, edits_edit_row (fixture, "line:L1", "arr", "1000"), 0, "Subscription line,L1,MRR,changed,100.00,83.33\n");
  edits_assert_changes (fixture, edits_edit_row (fixture, "line:L3", "currency", "JPY"), 0,
                  "Subscription line,L3,MRR,changed,50.00,50\nSubscription line,L3,Currency,changed,,JPY\n");
  qd_workspace_delete_row (fixture->workspace, "line:L4", &entry, &error);
  g_assert_no_error (error);
  edits_assert_changes (fixture, entry, 3,
                  "Subscription line,L4,Account,removed,A9,\nSubscription line,L4,Product,removed,Extra,\n"
                  "Subscription line,L4,Start,removed,2023-03-01,\n");
  /* of an import that only added rows, just the mapping it saved */
  edits_assert_changes (fixture, 1, 0, "Mapping,accounts,,added,,\n");
  g_assert_null (qd_workspace_get_changes (fixture->workspace, 999, 0, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
}

static void
test_settings (EditFixture  *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *value = NULL;
  g_autofree char *summary = qd_history_message ("Renamed to %s", "s", "x");
  gint64 entry = 0;

  g_assert_true (qd_workspace_set_setting (fixture->workspace, "view:Board", "a=1", NULL, &entry, &error));
  g_assert_cmpint (edits_find (fixture, TRUE, "View “Board” saved"), ==, entry);
  g_assert_true (qd_workspace_set_setting (fixture->workspace, "view:Zürich", "b", NULL, NULL, &error));
  g_assert_true (qd_workspace_set_setting (fixture->workspace, "page:x", "b", summary, NULL, &error));
  edits_find (fixture, TRUE, "Renamed to x");
  keys = qd_workspace_list_settings (fixture->workspace, "view:", &error);
  g_assert_cmpuint (keys->len, ==, 2);
  g_assert_cmpstr (keys->pdata[1], ==, "view:Zürich");
  g_assert_true (qd_workspace_set_setting (fixture->workspace, "view:Board", "a=1", NULL, &entry, &error));
  g_assert_cmpint (entry, ==, 0);
  g_assert_true (qd_workspace_set_setting (fixture->workspace, "view:Board", NULL, NULL, &entry, &error));
  edits_find (fixture, TRUE, "View “Board” removed");
  g_assert_null (qd_workspace_get_setting (fixture->workspace, "view:Board", &error));
  g_assert_no_error (error);
  edits_undo (fixture, entry);
  value = qd_workspace_get_setting (fixture->workspace, "view:Board", &error);
  g_assert_cmpstr (value, ==, "a=1");
  g_assert_false (qd_workspace_set_setting (fixture->workspace, "data_version", "1", NULL, &entry, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
}

static void
test_mappings (EditFixture  *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = qd_workspace_list_mappings (fixture->workspace, &error);
  gint64 entry = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (qd_table_get_text (table, 0, 0), ==, "accounts");
  g_assert_nonnull (strstr (qd_table_get_text (table, 0, 2), "account_id, name, parent_id"));
  g_assert_true (qd_workspace_rename_mapping (fixture->workspace, "accounts", " CRM ", &entry, &error));
  edits_find (fixture, TRUE, "Mapping “accounts” renamed to “CRM”");
  edits_assert_text (fixture, "SELECT name FROM mapping WHERE kind = 'accounts'", "CRM");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT name FROM mapping WHERE kind = 'accounts'", "accounts");
  g_assert_false (qd_workspace_rename_mapping (fixture->workspace, "accounts", "fx", &entry, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (qd_workspace_delete_mapping (fixture->workspace, "none", &entry, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_true (qd_workspace_delete_mapping (fixture->workspace, "fx", &entry, &error));
  edits_assert_text (fixture, "SELECT count(*) FROM mapping", "2");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT count(*) FROM mapping", "3");
}

static void
test_import_rows (EditFixture  *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = NULL;

  edits_import (fixture, "accounts", "account_id,name,seats\nA1,Acme 2,\nA4,,\nA5,Five,no\nA6,Six,6\n");
  table = qd_workspace_get_import_rows (fixture->workspace, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 3);
  g_assert_cmpint (qd_table_get_integer (table, 0, 0), ==, 2);
  g_assert_cmpstr (qd_table_get_text (table, 0, 1), ==, "merged");
  g_assert_cmpint (qd_table_get_integer (table, 1, 0), ==, 3);
  g_assert_cmpstr (qd_table_get_text (table, 1, 1), ==, "rejected");
  g_assert_cmpstr (qd_table_get_text (table, 1, 2), ==, "missing");
  g_assert_cmpstr (qd_table_get_text (table, 2, 3), ==, "seats");
  g_assert_cmpstr (qd_table_get_text (table, 2, 5), ==, "no");
  g_assert_null (qd_workspace_get_import_rows (fixture->workspace, 99, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN);
}

static void
assert_copy (const char *path,
             const char *segment)
{
  g_autofree char *found = run_sqlite (path, "SELECT segment FROM account WHERE external_id = 'A1'");

  g_assert_cmpstr (g_strchomp (found), ==, segment);
}

static void
test_copies (EditFixture  *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *named = NULL;
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.quarterdeck", NULL);
  g_autofree char *journal = g_strconcat (copy, "-journal", NULL);
  QdWorkspace *other;

  g_assert_true (qd_workspace_checkpoint (fixture->workspace, NULL, NULL, &path, &error));
  assert_copy (path, "SMB");
  g_assert_true (qd_workspace_checkpoint (fixture->workspace, "Before the board", NULL, &named, &error));
  g_assert_true (g_str_has_suffix (named, "/w (Before the board).quarterdeck"));
  g_assert_false (qd_workspace_checkpoint (fixture->workspace, "Before the board", NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (qd_workspace_save_copy (fixture->workspace, copy, FALSE, NULL, &error));
  edits_edit (fixture, "A1", "segment", "Mid");
  g_assert_false (qd_workspace_save_copy (fixture->workspace, copy, FALSE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  assert_copy (copy, "SMB");
  g_assert_true (qd_workspace_save_copy (fixture->workspace, copy, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_copy (copy, "Mid");
  /* itself, one that is open, a journal, a folder */
  g_assert_false (qd_workspace_save_copy (fixture->workspace, fixture->path, TRUE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  other = qd_workspace_open (copy, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (qd_workspace_save_copy (fixture->workspace, copy, TRUE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  g_clear_object (&other);
  g_file_set_contents (journal, "x", 1, NULL);
  g_assert_false (qd_workspace_save_copy (fixture->workspace, copy, TRUE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_STRAY_JOURNAL);
  g_clear_error (&error);
  g_assert_false (qd_workspace_save_copy (fixture->workspace, fixture->folder, TRUE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS);
}

/* What is open for reading only, and a copy in memory, refuse every edit and say so. */
static void
test_read_only (EditFixture  *fixture,
                gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QdTable) table = NULL;

      edits_open_again (fixture, QD_STORE_OPEN_READ_ONLY);
      g_assert_false (qd_workspace_edit_account (fixture->workspace, "A1", "segment", "Mid", NULL, &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY);
      g_assert_nonnull (strstr (error->message, "reading only"));
      g_clear_error (&error);
      g_assert_false (qd_workspace_edit_row (fixture->workspace, "line:L1", "mrr", "1", NULL, &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY);
      g_clear_error (&error);
      g_assert_false (qd_workspace_delete_row (fixture->workspace, "line:L1", NULL, &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY);
      g_clear_error (&error);
      g_assert_false (qd_workspace_set_setting (fixture->workspace, "view:x", "1", NULL, NULL, &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY);
      g_clear_error (&error);
      table = account (fixture, "A1");
      g_assert_cmpstr (edits_field_of (table, "segment"), ==, "SMB");
    }
}

/* A summary is stored as sentence and arguments, and said in the language of whoever reads it. */
static void
test_messages (void)
{
  g_autofree char *one = qd_history_message (QD_N_PLURAL ("%s account: %s", "%s accounts: %s"), "ns", (gint64) 1, "a%sb");
  g_autofree char *many = qd_history_message (QD_N_PLURAL ("%s account: %s", "%s accounts: %s"), "ns", (gint64) 2, "a\x1f\nb");
  g_autofree char *swapped = qd_history_message ("%2$s before %1$s, 100 %% %d", "ss", "one", "two");
  g_autofree char *long_text = g_strnfill (1000, 'x');
  g_autofree char *long_one = qd_history_message ("%s", "s", long_text);
  g_autofree char *said = NULL;
  g_autofree char *english = NULL;

  said = qd_history_message_translate (one);
  g_assert_cmpstr (said, ==, "1 account: a%sb");
  g_free (said);
  said = qd_history_message_translate (many);
  g_assert_cmpstr (said, ==, "2 accounts: a  b");
  english = qd_history_message_english (many);
  g_assert_cmpstr (english, ==, said);
  g_free (said);
  said = qd_history_message_translate (swapped);
  g_assert_cmpstr (said, ==, "two before one, 100 % %d");
  g_free (said);
  said = qd_history_message_translate (long_one);
  g_assert_cmpuint (g_utf8_strlen (said, -1), ==, 161);
  g_free (said);
  said = qd_history_message_translate ("Told by an older version: 5 %s");
  g_assert_cmpstr (said, ==, "Told by an older version: 5 %s");
  /* hostile: arguments missing, types unknown, empty */
  for (guint i = 0; i < 5; i++)
    {
      static const char *const hostile[] = { "x\x1f%s %s %9$s", "x\x1f", "\x1f\x1f\x1f", "x\x1f%n%s\x1fq\x1fnfoo", "x\x1f\x1e\x1fn5" };
      g_autofree char *text = qd_history_message_translate (hostile[i]);

      g_assert_nonnull (text);
    }
}

static const char german[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n\"\n"
    "msgid \"Segment\"\nmsgstr \"Kundensegment\"\n"
    "msgid \"%s: %s changed from “%s” to “%s”\"\nmsgstr \"„%4$s“ statt „%3$s“ (%2$s von %1$s)\"\n"
    "msgid \"%s account: %s set to “%s”\"\nmsgid_plural \"%s accounts: %s set to “%s”\"\n"
    "msgstr[0] \"%s Konto: %s ist „%s“\"\nmsgstr[1] \"%s Konten: %s ist „%s“\"\n"
    "msgid \"Undo: %s\"\nmsgstr \"Rückgängig: %s\"\n"
    "msgid \"yes or no\"\nmsgstr \"ja oder nein\"\n"
    "msgid \"%s or later, when the line starts\"\nmsgstr \"%s oder später\"\n"
    "msgid \"%s cells as in the header, not %s\"\nmsgstr \"%s Zellen statt %s\"\n";

/* Three rows that do not fit, said in the language of the import. Returns its number. */
static gint64
import_bad (EditFixture *fixture)
{
  static const char lines[] = "line_id,account_id,start,end,mrr,trial\nG1,A1,2024-01-01,,1,no\nB1,A1,2024-01-01,,1,perhaps\n"
                              "B2,A1,2024-05-01,2024-02-01,1,no\nB3,A1\n";
  g_autofree char *path = g_build_filename (fixture->folder, "bad.csv", NULL);
  const QdImportOptions options = { .skip_rejected = TRUE };
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, lines, -1, &error);
  g_assert_no_error (error);
  qd_workspace_import (fixture->workspace, qd_kind_find ("subscriptions", NULL), path, &options, NULL, NULL, &result, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->rejected, ==, 3);
  return result->batch;
}

static void
assert_expected (EditFixture *fixture,
                 gint64       batch,
                 const char  *one,
                 const char  *two,
                 const char  *three)
{
  const char *const texts[] = { one, two, three };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) rows = qd_workspace_get_import_rows (fixture->workspace, batch, &error);
  guint column;

  g_assert_no_error (error);
  column = (guint) qd_table_find_column (rows, "expected");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (qd_table_get_text (rows, i, column), ==, texts[i]);
}

/* Written under one language, read under another. */
static void
test_german (EditFixture  *fixture,
             gconstpointer data)
{
  const char *const two[] = { "A1", "A2", NULL };
  g_autofree char *msgfmt = g_find_program_in_path ("msgfmt");
  g_autofree char *folder = g_build_filename (fixture->folder, "de", "LC_MESSAGES", NULL);
  g_autofree char *po = g_build_filename (fixture->folder, "de.po", NULL);
  g_autofree char *mo = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  const char *argv[] = { msgfmt, "-o", mo, po, NULL };
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));
  g_autofree char *language = g_strdup (g_getenv ("LANGUAGE"));
  g_autofree char *path = g_strdup (bindtextdomain (GETTEXT_PACKAGE, NULL));
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entry, batch;
  int status;

  if (msgfmt == NULL || setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      setlocale (LC_ALL, before);
      g_test_skip ("no msgfmt, or no German locale");
      return;
    }
  setlocale (LC_ALL, before);
  entry = edits_edit (fixture, "A1", "segment", "Mid");
  edits_undo (fixture, entry);
  qd_workspace_edit_accounts (fixture->workspace, two, "segment", "Big", NULL, NULL, &error);
  g_assert_no_error (error);

  batch = import_bad (fixture);
  assert_expected (fixture, batch, "yes or no", "2024-05-01 or later, when the line starts", "6 cells as in the header, not 2");

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (po, german, -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_setenv ("LANGUAGE", "de", TRUE);
  setlocale (LC_ALL, "de_DE.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, fixture->folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  entries = qd_workspace_list_history (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[1])->summary, ==, "2 Konten: Kundensegment ist „Big“");
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[2])->summary, ==, "Rückgängig: „Mid“ statt „SMB“ (Kundensegment von Acme)");
  assert_expected (fixture, batch, "ja oder nein", "2024-05-01 oder später", "6 Zellen statt 2");
  {
    g_autofree char *saved = g_build_filename (fixture->folder, "saved.csv", NULL);
    g_autofree char *text = NULL;
    guint64 rows;

    g_assert_true (qd_workspace_save_rejected (fixture->workspace, batch, saved, &rows, &error));
    g_assert_true (g_file_get_contents (saved, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "2024-05-01 oder später"));
  }
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[3])->summary, ==, "„Mid“ statt „SMB“ (Kundensegment von Acme)");
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, before);
  if (path != NULL)
    bindtextdomain (GETTEXT_PACKAGE, path);
}

/* The list names undos and redos by what they turn. */
static void
test_list (EditFixture  *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  gint64 entry = edits_edit (fixture, "A1", "segment", "Mid");
  g_autofree char *stored = NULL;

  edits_undo (fixture, entry);
  edits_redo (fixture, entry);
  entries = qd_workspace_list_history (fixture->workspace, NULL);
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[0])->summary, ==, "Redo: Acme: Segment changed from “SMB” to “Mid”");
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[1])->summary, ==, "Undo: Acme: Segment changed from “SMB” to “Mid”");
  g_assert_cmpstr (((QdHistoryEntry *) entries->pdata[2])->summary, ==, "Acme: Segment changed from “SMB” to “Mid”");
  /* for people who look with another tool */
  stored = store_text (edits_store_of (fixture), "SELECT summary FROM history_entry ORDER BY id DESC LIMIT 1");
  g_assert_cmpstr (stored, ==, "Redo: Acme: Segment changed from “SMB” to “Mid”");
}

static void
changed_cb (QdWorkspace *workspace,
            guint       *count)
{
  (*count)++;
}

/* "changed" comes once for each edit, and not for one that changes nothing. */
static void
test_changed (EditFixture  *fixture,
              gconstpointer data)
{
  guint count = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (changed_cb), &count);
  edits_edit (fixture, "A1", "segment", "Mid");
  edits_edit (fixture, "A1", "segment", "Mid");
  edits_edit_row (fixture, "line:L1", "mrr", "5");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count, ==, 2);
}

#define ADD(path, func) g_test_add ("/edit/" path, EditFixture, NULL, edits_set_up, func, edits_tear_down)

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("account", test_account);
  ADD ("record", test_record);
  ADD ("refused", test_refused);
  ADD ("preview", test_preview);
  ADD ("many", test_many);
  ADD ("several", test_several);
  ADD ("turns", test_turns);
  ADD ("later", test_later);
  ADD ("preview-undo", test_preview_undo);
  ADD ("with-later", test_with_later);
  ADD ("implied", test_implied);
  ADD ("dated", test_dated);
  ADD ("line", test_line);
  ADD ("line-refused", test_line_refused);
  ADD ("delete", test_delete);
  ADD ("rows", test_rows);
  ADD ("changes", test_changes);
  ADD ("settings", test_settings);
  ADD ("mappings", test_mappings);
  ADD ("import-rows", test_import_rows);
  ADD ("copies", test_copies);
  ADD ("read-only", test_read_only);
  ADD ("list", test_list);
  ADD ("german", test_german);
  ADD ("changed", test_changed);
  g_test_add_func ("/edit/messages", test_messages);
  return g_test_run ();
}
