/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a session is, the way back, views as text, computing on a worker.
 */
#include "ui-fixture.h"

static void
test_view_text (void)
{
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) filtered = NULL;
  g_autoptr (QdView) back = NULL;
  g_autofree char *text = NULL;

  filtered = qd_view_with_filter (view, "segment", "Mid = Market's, \"x\"", TRUE);
  filtered->as_of = qd_month_from_ym (2025, 4);
  filtered->compare = QD_COMPARE_PRIOR_PERIOD;
  text = qd_view_to_string (filtered);
  back = qd_view_parse (text);
  g_assert_nonnull (back);
  g_assert_true (qd_view_equal (filtered, back));
  g_assert_false (qd_view_equal (view, back));
  g_assert_true (qd_view_has_filter (back, "segment", "Mid = Market's, \"x\""));
  g_assert_null (qd_view_parse ("nonsense"));
  g_assert_null (qd_view_parse ("('2025-13', 'ttm', 1, 'Board', [])"));
}

static void
test_way_back (void)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (20);
  g_autoptr (QdSession) session = qd_session_new (workspace);
  g_autoptr (QdView) filtered = qd_view_with_filter (qd_session_get_view (session), "segment", "SMB", TRUE);

  g_assert_false (qd_session_can_go_back (session));
  qd_session_go (session, "retention", "cohorts", NULL);
  qd_session_go (session, NULL, NULL, filtered);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "retention");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "cohorts");
  qd_session_go (session, "rows", "x", NULL);
  g_assert_true (qd_view_is_filtered (qd_session_get_view (session)));
  qd_session_back (session);
  qd_session_back (session);
  g_assert_false (qd_view_is_filtered (qd_session_get_view (session)));
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "retention");
  qd_session_forward (session);
  g_assert_true (qd_view_is_filtered (qd_session_get_view (session)));
  qd_session_go (session, "bridge", NULL, NULL);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "");
  g_assert_false (qd_session_can_go_forward (session));
}

/* From a level to the page that it was opened from: rows lie above customers, and below all else. */
static void
test_up (void)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (20);
  g_autoptr (QdSession) session = qd_session_new (workspace);
  static const char *const steps[][2] = {
    { "rows", "a" }, { "retention", "cohorts" }, { "rows", "b" }, { "account", "1" }, { "account", "2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    qd_session_go (session, steps[i][0], steps[i][1], NULL);
  qd_session_up (session);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "rows");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "b");
  qd_session_up (session);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "retention");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "cohorts");
  qd_session_up (session);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "retention");
  qd_session_back (session);
  qd_session_back (session);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "2");
  for (guint i = 0; i < 4; i++)
    qd_session_back (session);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "a");
  qd_session_up (session);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "overview");
  /* A session that begins on a level has nothing above it but the first page. */
  while (qd_session_can_go_back (session))
    qd_session_back (session);
  qd_session_replace (session, "account", "1", qd_session_get_view (session));
  qd_session_up (session);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "overview");
}

static gpointer
count_customers (QdSnapshot *snapshot,
                 gpointer    input,
                 QdJob      *job,
                 GError    **error)
{
  guint *n = g_new0 (guint, 1);

  g_assert_true (qd_snapshot_has_revenue (snapshot));
  *n = qd_book_get_n_accounts (qd_snapshot_get_book (snapshot));
  return n;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  guint **answer = data;

  *answer = qd_session_compute_finish (QD_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static void
test_compute (void)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (20);
  g_autoptr (QdSession) session = qd_session_new (workspace);
  g_autoptr (QdJob) job = qd_job_new ("x", NULL);
  g_autofree guint *answer = NULL;

  g_assert_null (qd_session_get_snapshot (session));
  qd_session_add_job (session, job);
  g_assert_cmpuint (g_list_model_get_n_items (qd_session_get_jobs (session)), ==, 1);
  qd_session_compute_async (session, count_customers, NULL, NULL, g_free, job, counted_cb, &answer);
  qd_ui_wait_while (answer == NULL);
  g_assert_cmpuint (*answer, >=, 20);
  qd_ui_wait_while (g_list_model_get_n_items (qd_session_get_jobs (session)) > 0);
  g_assert_nonnull (qd_session_get_snapshot (session));
  g_assert_cmpint (qd_snapshot_get_scope (qd_session_get_snapshot (session))->as_of, !=, QD_MONTH_NONE);
  g_assert_nonnull (qd_snapshot_get_comparison (qd_session_get_snapshot (session)));
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/session/view-text", test_view_text);
  g_test_add_func ("/ui/session/way-back", test_way_back);
  g_test_add_func ("/ui/session/up", test_up);
  g_test_add_func ("/ui/session/compute", test_compute);
  return g_test_run ();
}
