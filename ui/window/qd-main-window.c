/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-main-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../widgets/qd-template.h"
#include "qd-main-window-private.h"

G_DEFINE_FINAL_TYPE (QdMainWindow, qd_main_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * qd_main_window_get_page_info:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page where the session is
 */
const QdPageInfo *
qd_main_window_get_page_info (QdMainWindow *self)
{
  return self->session != NULL ? qd_pages_find (qd_session_get_place (self->session)->page) : NULL;
}

static void
update_title (QdMainWindow *self)
{
  const QdPageInfo *info = qd_main_window_get_page_info (self);
  QdPage *page = qd_main_window_get_page (self);
  g_autofree char *own = page != NULL ? qd_page_dup_title (page) : NULL;
  g_autofree char *period = page != NULL ? qd_page_dup_period (page) : NULL;
  g_autofree char *file = self->path != NULL ? g_filename_display_basename (self->path) : NULL;
  const char *name = self->facts != NULL ? self->facts->name : file;
  const char *title = own != NULL ? own : info != NULL ? _(info->title) : "Quarterdeck";
  g_autofree char *subtitle = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *window_title = NULL;

  if (info != NULL && (info->flags & QD_PAGE_SCOPED))
    subtitle = qd_scope_dup_summary (self->facts, qd_session_get_view (self->session), period,
                                     qd_session_get_format (self->session));
  tooltip = subtitle != NULL && *subtitle != '\0' ? g_strdup_printf ("%s\n%s", title, subtitle) : g_strdup (title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tooltip);
  gtk_label_set_label (self->workspace_name, name != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->workspace_name), name);
  /* Translators: title of a window in the list of windows: the page, the workspace */
  window_title = info != NULL && name != NULL ? g_strdup_printf (_("%s – %s"), title, name) : g_strdup ("Quarterdeck");
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

static void
set_banner (QdMainWindow *self,
            const char   *title,
            const char   *button,
            const char   *action)
{
  if (title != NULL)
    {
      qd_banner_set_title (self->banner, title);
      qd_banner_set_button_label (self->banner, button);
      qd_banner_set_action_name (self->banner, action);
    }
  qd_banner_set_revealed (self->banner, title != NULL);
}

/* One bar at a time: what makes figures differ comes before what makes edits impossible, and that before the sample. */
static void
update_banner (QdMainWindow *self)
{
  const QdPageInfo *info = qd_main_window_get_page_info (self);
  const char *notice = NULL;
  QdMonth as_of;

  if (self->session == NULL)
    {
      set_banner (self, NULL, NULL, NULL);
      return;
    }
  as_of = qd_session_get_view (self->session)->as_of;
  notice = qd_store_get_notice (qd_workspace_get_store (qd_session_get_workspace (self->session)));
  if (info != NULL && (info->flags & QD_PAGE_SCOPED) && as_of != QD_MONTH_NONE && self->facts != NULL &&
      as_of != self->facts->last)
    {
      g_autofree char *month = qd_format_day (qd_session_get_format (self->session), qd_month_last_day (as_of));
      g_autofree char *text =
          g_strdup_printf (self->facts->is_sample ? _("Sample data as of %s") : _("Viewing data as of %s"), month);

      set_banner (self, text, _("Return to _Latest"), "win.set-as-of::");
    }
  else if (notice != NULL)
    {
      set_banner (self, notice, NULL, NULL);
    }
  else if (self->facts != NULL && self->facts->is_sample)
    {
      set_banner (self, _("Sample data"), _("_New Workspace…"), "app.new");
    }
  else
    {
      set_banner (self, NULL, NULL, NULL);
    }
}

static void
update_sidebar (QdMainWindow *self)
{
  const QdPageInfo *info = qd_main_window_get_page_info (self);
  GtkListBoxRow *row;

  self->moving = TRUE;
  gtk_list_box_unselect_all (self->sidebar);
  for (int i = 0; info != NULL && (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (strcmp (g_object_get_data (G_OBJECT (row), "page"), info->id) == 0)
      gtk_list_box_select_row (self->sidebar, row);
  self->moving = FALSE;
}

/* Shows again what depends on the place, the view and the workspace's facts. */
void
qd_main_window_update (QdMainWindow *self)
{
  const QdPageInfo *info = qd_main_window_get_page_info (self);

  update_title (self);
  update_banner (self);
  update_sidebar (self);
  qd_main_window_update_actions (self);
  gtk_widget_set_visible (GTK_WIDGET (self->scope), info != NULL && (info->flags & QD_PAGE_SCOPED));
  if (self->session != NULL)
    qd_scope_bar_set (self->scope, self->facts, qd_session_get_view (self->session),
                      qd_session_get_format (self->session));
}

/* The focus goes where the person looks; never away from what is still there. */
static void
place_focus (QdMainWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  QdPage *page = qd_main_window_get_page (self);
  QdTableView *table;

  if (page == NULL || (focus != NULL && gtk_widget_get_mapped (focus) && !self->wants_focus))
    return;
  if (qd_page_get_result (page) == NULL) /* when it is shown */
    return;
  self->wants_focus = FALSE;
  table = qd_page_get_table (page);
  if (table != NULL && qd_table_view_wants_focus (table))
    gtk_widget_grab_focus (GTK_WIDGET (table));
  else if (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
title_changed_cb (QdMainWindow *self,
                  QdPage       *page)
{
  if (page != qd_main_window_get_page (self))
    return;
  update_title (self);
  qd_main_window_update_actions (self); /* it may have a chart now */
  place_focus (self);
}

static gboolean
fit_view (QdMainWindow *self)
{
  const QdPlace *place = qd_session_get_place (self->session);
  g_autoptr (QdView) view = NULL;
  g_autofree char *page = NULL;
  g_autofree char *detail = NULL;

  if (self->facts == NULL)
    return FALSE;
  view = qd_facts_fit_view (self->facts, place->view);
  if (qd_view_equal (view, place->view))
    return FALSE;
  if (view->where->len < place->view->where->len)
    qd_main_window_toast (self, _("A filter was left out: no customer in this workspace ever had its value."), NULL, NULL);
  page = g_strdup (place->page);
  detail = g_strdup (place->detail);
  qd_session_replace (self->session, page, detail, view);
  return TRUE;
}

static QdPage *
find_page (QdMainWindow *self,
           const char   *id)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, id);

  return page != NULL ? QD_PAGE (page) : NULL;
}

static void
moved_cb (QdSession    *session,
          QdMainWindow *self)
{
  const QdPlace *place = qd_session_get_place (session);
  const QdPageInfo *info = qd_pages_find (place->page);
  QdPage *page = find_page (self, place->page);
  QdPage *old = qd_main_window_get_page (self);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (info == NULL || fit_view (self))
    return;
  if (page == NULL)
    {
      page = g_object_new (info->get_type (), "session", session, "detail", place->detail, NULL);
      g_signal_connect_object (page, "title-changed", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->pages, GTK_WIDGET (page), info->id);
    }
  else
    {
      qd_page_set_detail (page, place->detail);
    }
  if (old != NULL && old != page && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (old)))
    self->wants_focus = TRUE;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  qd_page_restore_state (page, place->state);
  qd_main_window_update (self);
  qd_main_window_save_place (self);
  place_focus (self);
}

static void
leaving_cb (QdSession    *session,
            QdMainWindow *self)
{
  QdPage *page = qd_main_window_get_page (self);
  g_autofree char *state = page != NULL ? qd_page_save_state (page) : NULL;

  qd_session_set_state (session, state);
}

static void
row_selected_cb (QdMainWindow  *self,
                 GtkListBoxRow *row)
{
  if (row != NULL && !self->moving && self->session != NULL)
    qd_session_go (self->session, g_object_get_data (G_OBJECT (row), "page"), NULL, NULL);
}

static void
row_activated_cb (QdMainWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
facts_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (QdMainWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QdFacts) facts = qd_facts_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  g_clear_object (&self->facts_job);
  if (facts == NULL) /* the page says the same, with more to do about it */
    return;
  g_clear_pointer (&self->facts, qd_facts_unref);
  self->facts = g_steal_pointer (&facts);
  if (!fit_view (self))
    qd_main_window_update (self);
}

static void
read_facts (QdMainWindow *self)
{
  if (self->facts_job != NULL)
    qd_job_cancel (self->facts_job);
  g_clear_object (&self->facts_job);
  self->facts_job = qd_job_new (_("Reading"), NULL);
  qd_facts_read_async (qd_session_get_workspace (self->session), self->facts_job, facts_cb, g_object_ref (self));
}

static void
forget_session (QdMainWindow *self)
{
  GtkWidget *child;

  if (self->facts_job != NULL)
    qd_job_cancel (self->facts_job);
  g_clear_object (&self->facts_job);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (qd_session_get_jobs (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (qd_session_get_workspace (self->session), self);
    }
  if (self->pages != NULL)
    {
      qd_job_area_set_jobs (self->jobs, NULL);
      qd_job_area_set_jobs (self->content_jobs, NULL);
      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
        gtk_stack_remove (self->pages, child);
    }
  g_clear_pointer (&self->facts, qd_facts_unref);
  g_clear_object (&self->session);
}

/* Folded, the content carries what else stands in the sidebar. */
static void
folded_cb (QdMainWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);

  gtk_widget_set_visible (GTK_WIDGET (self->content_menu), folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
  qd_job_area_set_jobs (self->content_jobs,
                        folded && self->session != NULL ? qd_session_get_jobs (self->session) : NULL);
  qd_main_window_update_actions (self);
}

static void
revealed_cb (QdMainWindow *self)
{
  adw_header_bar_set_show_start_title_buttons (self->header, adw_flap_get_folded (self->flap) ||
                                                                 !adw_flap_get_reveal_flap (self->flap));
  gtk_widget_set_visible (GTK_WIDGET (self->content_menu), adw_flap_get_folded (self->flap) ||
                                                               !adw_flap_get_reveal_flap (self->flap));
  qd_main_window_update_actions (self);
}

/* Whether another window shows a workspace. */
static gboolean
has_others (QdMainWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self && QD_IS_MAIN_WINDOW (l->data) && QD_MAIN_WINDOW (l->data)->path != NULL)
      return TRUE;
  return FALSE;
}

static void
close_again_cb (gpointer data)
{
  gtk_window_close (data);
}

static gboolean
qd_main_window_close_request (GtkWindow *window)
{
  QdMainWindow *self = QD_MAIN_WINDOW (window);

  if (qd_main_window_ask_to_leave (self, _("_Cancel Import and Close"), close_again_cb, self))
    return TRUE;
  qd_main_window_save (self);
  if (self->path != NULL && has_others (self)) /* who closes the last window ends the program, and comes back to it */
    qd_main_window_forget_open (self->path);
  if (GTK_WINDOW_CLASS (qd_main_window_parent_class)->close_request (window))
    return TRUE;
  qd_main_window_leave (self);
  return TRUE;
}

static void
qd_main_window_dispose (GObject *object)
{
  QdMainWindow *self = QD_MAIN_WINDOW (object);

  if (self->opening_job != NULL)
    qd_job_cancel (self->opening_job);
  qd_main_window_stop_opening (self);
  forget_session (self);
  g_clear_handle_id (&self->toast_source, g_source_remove);
  g_clear_handle_id (&self->leaving_source, g_source_remove);
  qd_main_window_forget_question (self);
  g_clear_weak_pointer (&self->toast);
  gtk_widget_dispose_template (GTK_WIDGET (self), QD_TYPE_MAIN_WINDOW);
  G_OBJECT_CLASS (qd_main_window_parent_class)->dispose (object);
}

static void
qd_main_window_finalize (GObject *object)
{
  g_free (QD_MAIN_WINDOW (object)->path);
  G_OBJECT_CLASS (qd_main_window_parent_class)->finalize (object);
}

static void
qd_main_window_class_init (QdMainWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = qd_main_window_dispose;
  object_class->finalize = qd_main_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = qd_main_window_close_request;
  g_type_ensure (QD_TYPE_BANNER);
  g_type_ensure (QD_TYPE_JOB_AREA);
  g_type_ensure (QD_TYPE_SCOPE_BAR);
  qd_template_set (widget_class, "qd-main-window");
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, root);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, drop_frame);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, outside);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, outside_menu);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, opening);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, opening_bar);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, problem_button);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, sidebar_pane);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, workspace_name);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, sidebar_menu);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, content_menu);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, page_menu);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, header);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, title);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, scope);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, jobs);
  gtk_widget_class_bind_template_child (widget_class, QdMainWindow, content_jobs);
}

static void
add_heading (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       data)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  const char *previous = before != NULL ? g_object_get_data (G_OBJECT (before), "group") : NULL;
  GtkWidget *label;

  if (group == NULL || g_strcmp0 (group, previous) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_(group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
fill_sidebar (QdMainWindow *self)
{
  guint n;
  const QdPageInfo *list = qd_pages_list (&n);

  gtk_list_box_set_header_func (self->sidebar, add_heading, NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row, *box, *label;

      if (list[i].flags & QD_PAGE_LEVEL)
        continue;
      row = gtk_list_box_row_new ();
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      label = gtk_label_new (_(list[i].title));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 16); /* the sidebar grows with the text */
      gtk_widget_set_tooltip_text (row, _(list[i].title));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(list[i].title), -1);
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (list[i].icon_name));
      gtk_box_append (GTK_BOX (box), label);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      g_object_set_data (G_OBJECT (row), "page", (gpointer) list[i].id);
      g_object_set_data (G_OBJECT (row), "group", (gpointer) list[i].group);
      gtk_list_box_append (self->sidebar, row);
    }
  g_signal_connect_swapped (self->sidebar, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->sidebar, "row-activated", G_CALLBACK (row_activated_cb), self);
}

static void
qd_main_window_init (QdMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  qd_main_window_install_actions (self);
  qd_main_window_install_menus (self);
  qd_main_window_install_drop (self);
  fill_sidebar (self);
  g_signal_connect_swapped (self->flap, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self);
  qd_main_window_restore_size (self);
  qd_main_window_update (self);
}

/**
 * qd_main_window_new:
 * @application: its application
 *
 * Returns: (transfer none): a window that shows nothing yet:
 *   qd_main_window_set_workspace() or qd_main_window_show_opening() follows
 */
QdMainWindow *
qd_main_window_new (GtkApplication *application)
{
  return g_object_new (QD_TYPE_MAIN_WINDOW, "application", application, NULL);
}

/**
 * qd_main_window_take_path:
 * @self: a window
 * @path: (nullable) (type filename): the file that it is about from now on
 *
 * Lets go of what the window showed or was opening.
 */
void
qd_main_window_take_path (QdMainWindow *self,
                          const char   *path)
{
  g_autofree char *copy = g_strdup (path);

  qd_main_window_stop_opening (self);
  if (self->session != NULL)
    qd_main_window_save_place (self);
  forget_session (self);
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
}

/**
 * qd_main_window_set_workspace:
 * @self: a window
 * @workspace: (nullable): what to show; `NULL`: the welcome page
 *
 * Shows a workspace where the person left it, or from its first page on.
 */
void
qd_main_window_set_workspace (QdMainWindow *self,
                              QdWorkspace  *workspace)
{
  g_return_if_fail (QD_IS_MAIN_WINDOW (self));
  qd_main_window_take_path (self, workspace != NULL ? qd_workspace_get_path (workspace) : NULL);
  if (workspace == NULL)
    {
      qd_main_window_show_welcome (self);
      qd_main_window_update (self);
      return;
    }
  self->session = qd_session_new (workspace);
  qd_main_window_restore_place (self);
  g_signal_connect (self->session, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect (self->session, "leaving", G_CALLBACK (leaving_cb), self);
  g_signal_connect_swapped (workspace, "changed", G_CALLBACK (read_facts), self);
  g_signal_connect_swapped (qd_session_get_jobs (self->session), "items-changed", G_CALLBACK (qd_main_window_jobs_changed), self);
  qd_job_area_set_jobs (self->jobs, qd_session_get_jobs (self->session));
  folded_cb (self);
  gtk_stack_set_visible_child_name (self->root, "workspace");
  read_facts (self);
  self->wants_focus = TRUE;
  moved_cb (self->session, self);
}

/**
 * qd_main_window_save:
 * @self: a window that is about to go
 *
 * Keeps its size, and the place and view of its workspace, for the next start.
 */
void
qd_main_window_save (QdMainWindow *self)
{
  g_return_if_fail (QD_IS_MAIN_WINDOW (self));
  qd_main_window_save_size (self);
  qd_main_window_save_place (self);
}

QdSession *
qd_main_window_get_session (QdMainWindow *self)
{
  return self->session;
}

QdPage *
qd_main_window_get_page (QdMainWindow *self)
{
  GtkWidget *page = self->pages != NULL ? gtk_stack_get_visible_child (self->pages) : NULL;

  return QD_IS_PAGE (page) ? QD_PAGE (page) : NULL;
}

const char *
qd_main_window_get_path (QdMainWindow *self)
{
  return self->path;
}
