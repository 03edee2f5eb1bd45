/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window on a workspace: pages come up, and every page of the table can be reached.
 */
#include "ui-fixture.h"

#include "ui/window/qd-action-info.h"

static void
test_pages (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      if (pages[i].flags & QD_PAGE_LEVEL)
        continue;
      qd_session_go (qd_main_window_get_session (window), pages[i].id, NULL, NULL);
      qd_ui_settle (window);
      g_assert_true (g_type_is_a (G_OBJECT_TYPE (qd_main_window_get_page (window)), pages[i].get_type ()));
      g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
      qd_ui_shoot (GTK_WIDGET (window), pages[i].id);
    }
  qd_ui_close (window);
}

/* Every action of the table is installed. */
static void
test_actions (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  guint n;
  const QdActionInfo *actions = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) target = NULL;
      g_autofree char *name = NULL;
      GActionMap *map;

      g_assert_true (g_action_parse_detailed_name (actions[i].name, &name, &target, NULL));
      map = g_str_has_prefix (name, "app.") ? G_ACTION_MAP (qd_ui_get_application ()) : G_ACTION_MAP (window);
      if (g_action_map_lookup_action (map, name + 4) == NULL)
        g_error ("%s is installed nowhere", actions[i].name);
    }
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/window/pages", test_pages);
  g_test_add_func ("/ui/window/actions", test_actions);
  return g_test_run ();
}
