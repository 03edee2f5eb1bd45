/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revenue rows by hand: figures follow to the cent, what cannot be is refused,
 * and each step leads back, after a restart too.
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "edit-fixture.h"

/* ARR at the end of the data, by the ledger. */
static gint64
sum_arr (EditFixture *fixture)
{
  g_autoptr (QdProfile) profile = qd_workspace_get_profile (fixture->workspace, NULL, NULL);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (fixture->workspace, profile, NULL, NULL);
  QdMonth last = qd_ledger_get_last_month (ledger);
  gint64 sum = 0;

  for (guint32 i = 0; i < qd_ledger_get_n_customers (ledger); i++)
    {
      gint64 level;

      qd_ledger_get_months (ledger, i, last, last, &level, NULL);
      sum += 12 * level;
    }
  return sum;
}

/* Monthly amounts: figures follow to the cent, undo brings them back, after a restart too. */
static void
test_months (EditFixture  *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) record = NULL;
  g_autofree char *key = NULL;
  const char *const march[] = { "month", "2024-03", "mrr", "1.000,25", "product", "", NULL };
  const char *const again[] = { "month", "Mar 2024", "mrr", "5", NULL };
  const char *const none[] = { "month", "2024-04", NULL };
  gint64 entry, before, added = 0;

  edits_import (fixture, "mrr", "account_id,month,mrr\nB1,2024-01,10\nB1,2024-02,12.50\n");
  before = sum_arr (fixture);
  record = qd_workspace_get_row (fixture->workspace, "month:2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edits_field_of (record, "account_id"), ==, "B1");
  g_assert_cmpstr (edits_field_of (record, "month"), ==, "2024-02");
  g_assert_cmpstr (edits_field_of (record, "mrr"), ==, "12.50");
  g_assert_cmpstr (edits_field_of (record, "file"), ==, "mrr.csv");

  entry = edits_edit_row (fixture, "month:2", "mrr", "112.51");
  edits_find (fixture, TRUE, "B1, 2024-02: MRR changed from “12.50” to “112.51”");
  g_assert_cmpint (sum_arr (fixture) - before, ==, 12 * 10001);
  edits_assert_changes (fixture, entry, 0, "Monthly revenue,B1,MRR,changed,12.50,112.51\n");
  g_assert_cmpint (edits_edit_row (fixture, "month:2", "mrr", "112,51"), ==, 0);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  g_assert_cmpint (sum_arr (fixture) - before, ==, 12 * 10001);
  edits_undo (fixture, entry);
  g_assert_cmpint (sum_arr (fixture), ==, before);
  edits_redo (fixture, entry);
  g_assert_cmpint (sum_arr (fixture) - before, ==, 12 * 10001);

  edits_refuse_row (fixture, "month:2", "mrr", "-1", "below 0");
  edits_refuse_row (fixture, "month:2", "mrr", "much", "is no number");
  edits_refuse_row (fixture, "month:2", "mrr", "1.234", "two ways");
  edits_refuse_row (fixture, "month:2", "mrr", "", "cannot be empty");
  edits_refuse_row (fixture, "month:2", "month", "2024-01", "already");
  edits_refuse_row (fixture, "month:2", "month", "2999-01", "too far away");
  edits_refuse_row (fixture, "month:2", "month", "soon", "is no month");
  edits_refuse_row (fixture, "month:2", "month", "03/04/2024", "2024-03");
  edits_refuse_row (fixture, "month:2", "currency", "GBP", "no exchange rate");
  edits_refuse_row (fixture, "month:2", "product", "Nothing", "there is no");
  edits_refuse_row (fixture, "month:2", "kind", "x", "no field");
  edits_refuse_row (fixture, "month:99", "mrr", "1", "gone");
  edits_refuse_row (fixture, "week:1", "mrr", "1", "no revenue row");
  edits_edit_row (fixture, "month:2", "currency", "JPY");
  edits_assert_text (fixture, "SELECT amount_num || '/' || amount_den || currency FROM revenue_month WHERE id = 2", "11251/100JPY");
  edits_edit_row (fixture, "month:2", "currency", "");
  edits_assert_text (fixture, "SELECT amount_num || '/' || amount_den || coalesce (currency, '-') FROM revenue_month WHERE id = 2",
               "11251/1-");

  /* a new one, looked at first */
  before = sum_arr (fixture);
  g_assert_true (qd_workspace_add_row (fixture->workspace, "B1", "month", march, TRUE, NULL, NULL, &error));
  g_assert_no_error (error);
  edits_assert_text (fixture, "SELECT count(*) FROM revenue_month", "2");
  added = edits_add_row (fixture, "B1", "month", march, &key);
  edits_find (fixture, TRUE, "B1: amount of 2024-03 added, 1000.25");
  edits_assert_text (fixture, "SELECT month || ' ' || amount_num FROM revenue_month WHERE id = 3", "24290 100025");
  g_assert_cmpstr (key, ==, "month:3");
  edits_refuse_new (fixture, "B1", "month", again);
  edits_refuse_new (fixture, "B1", "month", none);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  edits_undo (fixture, added);
  g_assert_cmpint (sum_arr (fixture), ==, before);
  edits_assert_text (fixture, "SELECT count(*) FROM revenue_month", "2");

  qd_workspace_delete_row (fixture->workspace, "month:1", &entry, &error);
  g_assert_no_error (error);
  edits_find (fixture, TRUE, "B1: amount of 2024-01 deleted, it was 10.00");
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT group_concat (id || ' ' || amount_num || ' ' || line) FROM revenue_month", "1 1000 2,2 11251 3");
}

/* Movements: levels and changes, none below zero. */
static void
test_movements (EditFixture  *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) record = NULL;
  gint64 entry = 0, before;

  edits_import (fixture, "movements", "event_id,account_id,date,change\nE1,C1,2024-01-10,100\nE2,C1,2024-02-10,-30\n");
  before = sum_arr (fixture);
  record = qd_workspace_get_row (fixture->workspace, "event:2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edits_field_of (record, "event_id"), ==, "E2");
  g_assert_cmpstr (edits_field_of (record, "date"), ==, "2024-02-10");
  g_assert_cmpstr (edits_field_of (record, "change"), ==, "-30.00");
  g_assert_null (strstr (edits_field_of (record, "line"), "-"));

  entry = edits_edit_row (fixture, "event:2", "change", "-29.99");
  edits_find (fixture, TRUE, "C1, 2024-02-10: Change of MRR changed from “-30.00” to “-29.99”");
  g_assert_cmpint (sum_arr (fixture) - before, ==, 12);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  edits_undo (fixture, entry);
  g_assert_cmpint (sum_arr (fixture), ==, before);
  edits_refuse_row (fixture, "event:2", "change", "-100.01", "below 0 on 2024-02-10");
  edits_refuse_row (fixture, "event:1", "date", "2024-02-11", "below 0 on 2024-02-10");
  edits_refuse_row (fixture, "event:1", "mrr", "5", "no field");
  edits_refuse_row (fixture, "event:1", "date", "2999-01-01", "too far away");
  g_assert_false (qd_workspace_delete_row (fixture->workspace, "event:1", NULL, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
  g_clear_error (&error);
  edits_edit_row (fixture, "event:2", "kind", "contraction");
  edits_refuse_row (fixture, "event:2", "product", "Core", "below 0 on 2024-02-10");
  edits_edit_row (fixture, "event:2", "change", "5");
  edits_edit_row (fixture, "event:2", "product", "Core");
  edits_assert_text (fixture, "SELECT kind || of_product || product FROM movement_event WHERE id = 2", "contraction11");
}

static void
test_movements_added (EditFixture  *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *const both[] = { "date", "2024-05-01", "mrr", "1", "change", "1", NULL };
  const char *const neither[] = { "date", "2024-05-01", NULL };
  const char *const less[] = { "date", "2024-05-01", "change", "-70.01", NULL };
  const char *const fits[] = { "date", "2024-05-01", "change", "-70", "kind", "downgrade", NULL };
  const char *const level[] = { "date", "2024-06-01", "mrr", "12,5", NULL };
  const char *const *const wrong[] = { both, neither, less };
  gint64 before, entry = 0;

  edits_import (fixture, "movements", "event_id,account_id,date,change\nE1,C1,2024-01-10,100\nE2,C1,2024-02-10,-30\n");
  before = sum_arr (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    edits_refuse_new (fixture, "C1", "event", wrong[i]);
  edits_assert_text (fixture, "SELECT count(*) FROM movement_event", "2");
  entry = edits_add_row (fixture, "C1", "event", fits, NULL);
  edits_find (fixture, TRUE, "C1: movement of 2024-05-01 added, -70.00");
  g_assert_cmpint (sum_arr (fixture), ==, before - 12 * 7000);
  edits_add_row (fixture, "C1", "event", level, NULL);
  g_assert_cmpint (sum_arr (fixture), ==, before - 12 * 7000 + 12 * 1250);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  edits_undo (fixture, entry);
  edits_assert_text (fixture, "SELECT group_concat (is_change || ' ' || amount_num) FROM movement_event", "1 10000,1 -3000,0 1250");
}

/* A line by hand: known by an id of its own, and gone with its undo. */
static void
test_line_added (EditFixture  *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) fields = NULL;
  g_autofree char *key = NULL;
  const char *const values[] = { "start", "2024-01-01", "mrr", "19.99", "product", "Core", "currency", "USD", NULL };
  const char *const backwards[] = { "start", "2024-01-01", "end", "2023-01-01", "mrr", "19.99", NULL };
  const char *const free[] = { "start", "2024-01-01", NULL };
  gint64 before = sum_arr (fixture), entry = 0, later;

  fields = qd_workspace_propose_row (fixture->workspace, "line", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edits_field_of (fields, "currency"), ==, "USD");
  g_assert_cmpstr (edits_field_of (fields, "mrr"), ==, NULL);
  edits_refuse_new (fixture, "A3", "line", backwards);
  edits_refuse_new (fixture, "A3", "line", free);
  entry = edits_add_row (fixture, "A3", "line", values, &key);
  g_assert_true (g_str_has_prefix (key, "line:manual-"));
  g_assert_cmpint (sum_arr (fixture), ==, before + 12 * 1999);
  later = edits_edit_row (fixture, key, "mrr", "20");
  g_assert_cmpint (sum_arr (fixture), ==, before + 12 * 2000);
  edits_undo (fixture, later);
  edits_undo (fixture, entry);
  edits_open_again (fixture, QD_STORE_OPEN_DEFAULT);
  edits_assert_text (fixture, "SELECT count(*) FROM subscription_line", "4");
  g_assert_cmpint (sum_arr (fixture), ==, before);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/edit-rows/" path, EditFixture, NULL, edits_set_up, func, edits_tear_down)
  ADD ("months", test_months);
  ADD ("movements", test_movements);
  ADD ("movements-added", test_movements_added);
  ADD ("line-added", test_line_added);
#undef ADD
  return g_test_run ();
}
