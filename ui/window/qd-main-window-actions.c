/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Going about: place, view, sidebar, menus.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../data/metrics/qd-drill.h"
#include "qd-action-info.h"
#include "qd-main-window-private.h"

static void
set_enabled (QdMainWindow *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (QdMainWindow *self,
           const char   *name,
           GVariant     *value)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), value);
}

/* Rows behind a figure follow the months that are looked through: the window of the scope becomes the scope's new one,
 * any other, as of one month of a chart, moves as far as as-of does. (transfer full) (nullable): as it is */
static char *
dup_followed (QdMainWindow *self,
              const QdView *view)
{
  const QdPlace *place = qd_session_get_place (self->session);
  QdSnapshot *snapshot = qd_session_get_snapshot (self->session);
  g_autoptr (QdDrill) drill = strcmp (place->page, "rows") == 0 ? qd_drill_parse (place->detail, NULL) : NULL;
  g_autoptr (QdScope) next = NULL;
  QdWindow now, then;
  QdBook *book;

  if (snapshot == NULL || drill == NULL || qd_drill_is_of_cohort (drill))
    return NULL;
  book = qd_snapshot_get_book (snapshot);
  next = qd_scope_copy (qd_snapshot_get_scope (snapshot));
  next->as_of = place->view->as_of;
  next->period = place->view->period;
  if (!qd_scope_get_window (next, book, &now, NULL))
    return NULL;
  next->as_of = view->as_of;
  next->period = view->period;
  if (!qd_scope_get_window (next, book, &then, NULL))
    return NULL;
  if (drill->window.before == now.before && drill->window.last == now.last)
    drill->window = then;
  else
    {
      drill->window.before += then.last - now.last;
      drill->window.last += then.last - now.last;
    }
  return drill->window.last >= qd_book_get_first_month (book) ? qd_drill_to_string (drill) : NULL;
}

/* Takes @view. */
static void
look_through (QdMainWindow *self,
              QdView       *view)
{
  g_autofree char *detail = dup_followed (self, view);

  qd_session_go (self->session, NULL, detail, view);
  qd_view_free (view);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  qd_session_back (QD_MAIN_WINDOW (data)->session);
}

static void
forward_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  qd_session_forward (QD_MAIN_WINDOW (data)->session);
}

static void
up_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  qd_session_up (QD_MAIN_WINDOW (data)->session);
}

/* "page?detail" */
static void
go_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  QdMainWindow *self = data;
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "?", 2);

  if (parts[0] != NULL && qd_pages_find (parts[0]) != NULL)
    qd_session_go (self->session, parts[0], parts[1], NULL);
}

static void
home_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  guint n;

  qd_session_go (QD_MAIN_WINDOW (data)->session, qd_pages_list (&n)[0].id, NULL, NULL);
}

static void
refresh_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  QdPage *page = qd_main_window_get_page (data);

  if (page != NULL)
    qd_page_refresh (page);
}

static void
show_sidebar_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  QdMainWindow *self = data;
  gboolean show = !adw_flap_get_reveal_flap (self->flap);

  adw_flap_set_reveal_flap (self->flap, show);
  if (show)
    gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  QdMainWindow *self = data;
  GtkMenuButton *buttons[] = { self->outside_menu, self->content_menu, self->sidebar_menu };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (gtk_widget_get_mapped (GTK_WIDGET (buttons[i])) && gtk_widget_get_child_visible (GTK_WIDGET (buttons[i])))
      {
        gtk_menu_button_popup (buttons[i]);
        return;
      }
}

static void
close_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  gtk_window_close (GTK_WINDOW (data));
}

static void
welcome_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_autofree char *path = g_strdup (qd_main_window_get_path (data));

  qd_main_window_set_workspace (data, NULL);
  if (path != NULL)
    qd_main_window_forget_open (path);
}

static void
cancel_opening_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  QdMainWindow *self = data;

  if (self->opening_job != NULL)
    qd_job_cancel (self->opening_job);
}

static void
set_as_of_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdMainWindow *self = data;
  const char *text = g_variant_get_string (parameter, NULL);
  QdMonth month = *text != '\0' ? qd_month_parse_iso (text, -1) : QD_MONTH_NONE;

  if (*text != '\0' && (month == QD_MONTH_NONE || self->facts == NULL || month < self->facts->first
                        || month > qd_facts_get_horizon (self->facts, qd_session_get_view (self->session))))
    return;
  if (self->facts != NULL && month == self->facts->last)
    month = QD_MONTH_NONE;
  look_through (self, qd_view_with_as_of (qd_session_get_view (self->session), month));
}

/* One month; the window that is looked through keeps its length. */
static void
step_as_of (QdMainWindow *self,
            int           months)
{
  const QdView *view = qd_session_get_view (self->session);
  QdMonth month;

  if (self->facts == NULL || self->facts->last == QD_MONTH_NONE)
    return;
  month = (view->as_of != QD_MONTH_NONE ? view->as_of : self->facts->last) + months;
  if (month < self->facts->first || month > qd_facts_get_horizon (self->facts, view))
    return;
  look_through (self, qd_view_with_as_of (view, month != self->facts->last ? month : QD_MONTH_NONE));
}

static void
previous_period_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  step_as_of (data, -1);
}

static void
next_period_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  step_as_of (data, 1);
}

static void
as_of_menu_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  qd_scope_bar_open_as_of (QD_MAIN_WINDOW (data)->scope);
}

static void
filter_menu_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  qd_scope_bar_open_filters (QD_MAIN_WINDOW (data)->scope);
}

static void
set_period_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  QdMainWindow *self = data;
  QdPeriod period;

  if (qd_period_parse (g_variant_get_string (parameter, NULL), &period, NULL))
    look_through (self, qd_view_with_period (qd_session_get_view (self->session), period));
}

static const char *const compare_names[] = { "none", "prior-period", "prior-year", NULL };

static void
set_compare_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  QdMainWindow *self = data;
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; compare_names[i] != NULL; i++)
    if (strcmp (name, compare_names[i]) == 0)
      look_through (self, qd_view_with_compare (qd_session_get_view (self->session), (QdCompare) i));
}

static void
set_profile_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  QdMainWindow *self = data;

  g_autoptr (QdView) view =
      qd_view_with_profile (qd_session_get_view (self->session), g_variant_get_string (parameter, NULL));

  /* The one definition knows a month more than the other. */
  if (self->facts != NULL && view->as_of > qd_facts_get_horizon (self->facts, view))
    view->as_of = QD_MONTH_NONE;
  look_through (self, g_steal_pointer (&view));
}

static void
toggle_filter_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  QdMainWindow *self = data;
  const QdView *view = qd_session_get_view (self->session);
  const char *dimension, *value;

  g_variant_get (parameter, "(&s&s)", &dimension, &value);
  look_through (self, qd_view_with_filter (view, dimension, value, !qd_view_has_filter (view, dimension, value)));
}

static void
clear_dimension_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  QdMainWindow *self = data;

  look_through (self,
                qd_view_without_dimension (qd_session_get_view (self->session), g_variant_get_string (parameter, NULL)));
}

static void
clear_filters_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  QdMainWindow *self = data;

  look_through (self, qd_view_without_filters (qd_session_get_view (self->session)));
}

static void
save_view_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  qd_scope_bar_open_save_view (QD_MAIN_WINDOW (data)->scope);
}

static void
open_view_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdMainWindow *self = data;
  const QdView *saved = NULL;

  if (self->facts != NULL)
    saved = qd_facts_find_view (self->facts, g_variant_get_string (parameter, NULL));
  if (saved != NULL)
    look_through (self, qd_facts_fit_view (self->facts, saved));
}

/* The rows behind a number. */
static void
drill_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  QdMainWindow *self = data;

  if (self->session != NULL)
    qd_session_go (self->session, "rows", g_variant_get_string (parameter, NULL), NULL);
}

static const GActionEntry entries[] = {
  { .name = "close", .activate = close_cb },
  { .name = "menu", .activate = menu_cb },
  { .name = "welcome", .activate = welcome_cb },
  { .name = "cancel-opening", .activate = cancel_opening_cb },
  { .name = "show-sidebar", .activate = show_sidebar_cb, .state = "true" },
  { .name = "back", .activate = back_cb },
  { .name = "forward", .activate = forward_cb },
  { .name = "up", .activate = up_cb },
  { .name = "go", .activate = go_cb, .parameter_type = "s" },
  { .name = "drill", .activate = drill_cb, .parameter_type = "s" },
  { .name = "home", .activate = home_cb },
  { .name = "refresh", .activate = refresh_cb },
  { .name = "set-as-of", .activate = set_as_of_cb, .parameter_type = "s" },
  { .name = "previous-period", .activate = previous_period_cb },
  { .name = "next-period", .activate = next_period_cb },
  { .name = "as-of-menu", .activate = as_of_menu_cb },
  { .name = "filter-menu", .activate = filter_menu_cb },
  { .name = "set-period", .activate = set_period_cb, .parameter_type = "s", .state = "'ttm'" },
  { .name = "set-compare", .activate = set_compare_cb, .parameter_type = "s", .state = "'prior-year'" },
  { .name = "set-profile", .activate = set_profile_cb, .parameter_type = "s", .state = "'Board'" },
  { .name = "toggle-filter", .activate = toggle_filter_cb, .parameter_type = "(ss)" },
  { .name = "clear-dimension", .activate = clear_dimension_cb, .parameter_type = "s" },
  { .name = "clear-filters", .activate = clear_filters_cb },
  { .name = "save-view", .activate = save_view_cb },
  { .name = "open-view", .activate = open_view_cb, .parameter_type = "s" },
};

/* What needs a page that the scope bar is about. */
static const char *const scope_actions[] = {
  "set-as-of", "as-of-menu", "filter-menu", "set-period", "set-compare", "set-profile", "toggle-filter", "clear-dimension",
  "open-view",
};

/* Added by the application: what needs a workspace. Importing says itself what can be done where nothing can be changed. */
static const char *const workspace_actions[] = {
  "save-copy", "review", "import", "import-file", "print", "print-preview", "copy-data", "export-data", "search",
};

/* What needs one that can be changed. */
static const char *const change_actions[] = {
  "undo", "redo", "undo-import", "undo-entry", "redo-entry", "checkpoint", "save-view-as", "delete-view", "edit-customers",
  "edit-account", "edit-accounts", "edit-row", "delete-row", "add-row", "rename-mapping", "delete-mapping", "import-mapping",
};

/* What needs a page with a chart. */
static const char *const picture_actions[] = { "copy-picture", "export-chart" };

/* Of those that are installed. */
static void
enable_all (QdMainWindow      *self,
            const char *const *names,
            gsize              n_names,
            gboolean           enabled)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_action_map_lookup_action (G_ACTION_MAP (self), names[i]) != NULL)
      set_enabled (self, names[i], enabled);
}

static gboolean
has_picture (QdMainWindow *self)
{
  QdPage *page = qd_main_window_get_page (self);
  QdChartView *chart = page != NULL ? qd_page_get_chart (page) : NULL;

  return chart != NULL && qd_chart_view_get_spec (chart) != NULL;
}

void
qd_main_window_install_actions (QdMainWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * qd_main_window_update_actions:
 * @self: a window
 *
 * Says which actions make sense here, and which choices are made.
 */
void
qd_main_window_update_actions (QdMainWindow *self)
{
  const QdPageInfo *info = qd_main_window_get_page_info (self);
  gboolean open = self->session != NULL;
  gboolean writable = open && !qd_store_is_read_only (qd_workspace_get_store (qd_session_get_workspace (self->session)));
  gboolean scoped = info != NULL && (info->flags & QD_PAGE_SCOPED);
  gboolean dated = scoped && self->facts != NULL && self->facts->last != QD_MONTH_NONE;
  const QdView *view = open ? qd_session_get_view (self->session) : NULL;
  g_autofree char *period = NULL;
  QdMonth as_of;

  set_enabled (self, "back", open && qd_session_can_go_back (self->session));
  set_enabled (self, "forward", open && qd_session_can_go_forward (self->session));
  set_enabled (self, "up", info != NULL && (info->flags & QD_PAGE_LEVEL));
  set_enabled (self, "go", open);
  set_enabled (self, "home", open);
  set_enabled (self, "refresh", open);
  set_enabled (self, "show-sidebar", open);
  set_state (self, "show-sidebar", g_variant_new_boolean (adw_flap_get_reveal_flap (self->flap)));
  enable_all (self, scope_actions, G_N_ELEMENTS (scope_actions), scoped);
  enable_all (self, workspace_actions, G_N_ELEMENTS (workspace_actions), open);
  enable_all (self, change_actions, G_N_ELEMENTS (change_actions), writable);
  enable_all (self, picture_actions, G_N_ELEMENTS (picture_actions), open && has_picture (self));
  set_enabled (self, "save-view", scoped && writable);
  set_enabled (self, "clear-filters", open && qd_view_is_filtered (view));
  as_of = dated ? (view->as_of != QD_MONTH_NONE ? view->as_of : self->facts->last) : 0;
  set_enabled (self, "previous-period", dated && as_of > self->facts->first);
  set_enabled (self, "next-period", dated && as_of < qd_facts_get_horizon (self->facts, view));
  if (!open)
    return;
  period = qd_period_to_string (view->period);
  set_state (self, "set-period", g_variant_new_string (period));
  set_state (self, "set-compare", g_variant_new_string (compare_names[view->compare]));
  set_state (self, "set-profile", g_variant_new_string (view->profile));
}

/* A line of a menu: an action of the table, "" a division. Titles are the table's. */
typedef const char *const MenuLines[];

static MenuLines main_lines = {
  "app.new", "app.open", "app.new-window", "",
  "win.undo", "win.redo", "",
  "win.import", "win.checkpoint", "win.save-copy", "",
  "win.glossary", "win.preferences", "win.shortcuts", "win.about", NULL,
};

static MenuLines page_lines = {
  "win.copy-picture", "win.copy-data", "",
  "win.export-chart::png", "win.export-chart::svg", "win.export-chart::pdf", "win.export-data", "",
  "win.print", "win.print-preview", "win.review", "",
  "win.explain-page", "win.refresh", NULL,
};

static gboolean
is_installed (QdMainWindow *self,
              const char   *detailed)
{
  g_autofree char *name = g_strndup (detailed, strcspn (detailed, ":("));
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (g_str_has_prefix (name, "app."))
    return application != NULL && g_action_map_lookup_action (G_ACTION_MAP (application), name + 4) != NULL;
  return g_action_map_lookup_action (G_ACTION_MAP (self), name + 4) != NULL;
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* Keys that a chart or a table binds itself are unknown to the menu unless it is told. */
static void
append_line (GMenu              *section,
             const QdActionInfo *info,
             const char         *detailed)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (_(info->title), detailed);

  if (info->local && info->accels != NULL)
    {
      g_auto (GStrv) accels = g_strsplit (info->accels, " ", 2);

      g_menu_item_set_attribute (item, "accel", "s", accels[0]);
    }
  g_menu_append_item (section, item);
}

static GMenuModel *
make_menu (QdMainWindow      *self,
           const char *const *lines)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  for (; *lines != NULL; lines++)
    {
      const QdActionInfo *info = qd_action_info_find (*lines);

      if (**lines == '\0')
        {
          append_section (menu, section);
          section = g_menu_new ();
        }
      else if (info != NULL && is_installed (self, *lines))
        {
          append_line (section, info, *lines);
        }
    }
  append_section (menu, section);
  return G_MENU_MODEL (menu);
}

/* Made when it is opened: by then the application has added its actions. */
static void
fill_menu_cb (GtkMenuButton *button,
              gpointer       data)
{
  QdMainWindow *self = QD_MAIN_WINDOW (gtk_widget_get_root (GTK_WIDGET (button)));
  g_autoptr (GMenuModel) menu = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = make_menu (self, data);
  gtk_menu_button_set_menu_model (button, menu);
}

void
qd_main_window_install_menus (QdMainWindow *self)
{
  GtkMenuButton *buttons[] = { self->outside_menu, self->content_menu, self->sidebar_menu };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_menu_button_set_create_popup_func (buttons[i], fill_menu_cb, (gpointer) main_lines, NULL);
  gtk_menu_button_set_create_popup_func (self->page_menu, fill_menu_cb, (gpointer) page_lines, NULL);
}
