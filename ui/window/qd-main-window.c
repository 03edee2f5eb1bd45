/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-main-window.h"

#include <glib/gi18n-lib.h>

#include "../compat/qd-confirm.h"

struct _QdMainWindow
{
  AdwApplicationWindow parent_instance;

  QdSession *session;
  AdwToastOverlay *toasts;
  GtkListBox *sidebar;
  GtkStack *pages;
  AdwWindowTitle *title;
  gboolean moving;
};

G_DEFINE_FINAL_TYPE (QdMainWindow, qd_main_window, ADW_TYPE_APPLICATION_WINDOW)

static void
moved_cb (QdSession *session,
          QdMainWindow  *self)
{
  const QdPlace *place = qd_session_get_place (session);
  const QdPageInfo *info = qd_pages_find (place->page);
  QdPage *page = qd_main_window_find_page (self, place->page);
  guint n;
  const QdPageInfo *list = qd_pages_list (&n);

  if (info == NULL)
    return;
  if (page == NULL)
    {
      page = g_object_new (info->get_type (), "session", session, "detail", place->detail, NULL);
      gtk_stack_add_named (self->pages, GTK_WIDGET (page), info->id);
    }
  else
    {
      qd_page_set_detail (page, place->detail);
    }
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  qd_page_restore_state (page, place->state);
  adw_window_title_set_title (self->title, _(info->title));
  self->moving = TRUE;
  for (guint i = 0, row = 0; i < n; i++)
    {
      if (list[i].flags & QD_PAGE_LEVEL)
        continue;
      if (&list[i] == info)
        gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, (int) row));
      row++;
    }
  self->moving = FALSE;
}

static void
leaving_cb (QdSession *session,
            QdMainWindow  *self)
{
  QdPage *page = qd_main_window_get_page (self);
  g_autofree char *state = page != NULL ? qd_page_save_state (page) : NULL;

  qd_session_set_state (session, state);
}

static void
row_selected_cb (GtkListBox    *list,
                 GtkListBoxRow *row,
                 QdMainWindow      *self)
{
  if (row != NULL && !self->moving && self->session != NULL)
    qd_session_go (self->session, g_object_get_data (G_OBJECT (row), "page"), NULL, NULL);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  QdMainWindow *self = data;

  if (self->session != NULL)
    qd_session_back (self->session);
}

static void
forward_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  QdMainWindow *self = data;

  if (self->session != NULL)
    qd_session_forward (self->session);
}

static void
clear_filters_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  QdMainWindow *self = data;
  g_autoptr (QdView) view = NULL;

  if (self->session == NULL)
    return;
  view = qd_view_without_filters (qd_session_get_view (self->session));
  qd_session_set_view (self->session, view);
}

/* "page?detail" */
static void
go_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  QdMainWindow *self = data;
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "?", 2);

  if (self->session != NULL)
    qd_session_go (self->session, parts[0], parts[1], NULL);
}

static const GActionEntry entries[] = {
  { .name = "back", .activate = back_cb },
  { .name = "forward", .activate = forward_cb },
  { .name = "clear-filters", .activate = clear_filters_cb },
  { .name = "go", .activate = go_cb, .parameter_type = "s" },
};

static void
forget_session (QdMainWindow *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static void
qd_main_window_dispose (GObject *object)
{
  forget_session (QD_MAIN_WINDOW (object));
  G_OBJECT_CLASS (qd_main_window_parent_class)->dispose (object);
}

static void
qd_main_window_class_init (QdMainWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qd_main_window_dispose;
}

static void
fill_sidebar (QdMainWindow *self)
{
  guint n;
  const QdPageInfo *list = qd_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row, *label;

      if (list[i].flags & QD_PAGE_LEVEL)
        continue;
      row = gtk_list_box_row_new ();
      label = gtk_label_new (_(list[i].title));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      g_object_set_data (G_OBJECT (row), "page", (gpointer) list[i].id);
      gtk_list_box_append (self->sidebar, row);
    }
}

static void
qd_main_window_init (QdMainWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("Quarterdeck", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  self->sidebar = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->sidebar), "navigation-sidebar");
  gtk_widget_set_size_request (GTK_WIDGET (self->sidebar), 200, -1);
  g_signal_connect (self->sidebar, "row-selected", G_CALLBACK (row_selected_cb), self);
  self->pages = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->pages));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->sidebar));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->toasts));
  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), inner);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), outer);
  gtk_window_set_default_size (GTK_WINDOW (self), 1200, 800);
  gtk_window_set_title (GTK_WINDOW (self), "Quarterdeck");
  fill_sidebar (self);
}

QdMainWindow *
qd_main_window_new (GtkApplication *application)
{
  return g_object_new (QD_TYPE_MAIN_WINDOW, "application", application, NULL);
}

/**
 * qd_main_window_set_workspace:
 * @self: a window
 * @workspace: (nullable): what to show; `NULL`: the welcome page
 *
 * Shows a workspace from its first page on.
 */
void
qd_main_window_set_workspace (QdMainWindow    *self,
                         QdWorkspace *workspace)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, child);
  forget_session (self);
  if (workspace == NULL)
    return;
  self->session = qd_session_new (workspace);
  g_signal_connect (self->session, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect (self->session, "leaving", G_CALLBACK (leaving_cb), self);
  moved_cb (self->session, self);
}

QdSession *
qd_main_window_get_session (QdMainWindow *self)
{
  return self->session;
}

QdPage *
qd_main_window_get_page (QdMainWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return QD_IS_PAGE (page) ? QD_PAGE (page) : NULL;
}

QdPage *
qd_main_window_find_page (QdMainWindow   *self,
                     const char *id)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, id);

  return page != NULL ? QD_PAGE (page) : NULL;
}

/**
 * qd_main_window_toast:
 * @self: a window
 * @text: what happened, one line; not markup
 * @button: (nullable): label of the button
 * @detailed_action_name: (nullable): what the button does
 *
 * Says that something happened. What it says must also be found elsewhere:
 * screen readers do not hear toasts.
 */
void
qd_main_window_toast (QdMainWindow   *self,
                 const char *text,
                 const char *button,
                 const char *detailed_action_name)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_detailed_action_name (toast, detailed_action_name);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
qd_main_window_show_error (QdMainWindow *self,
                           const char   *heading,
                           const GError *error)
{
  qd_confirm_tell (GTK_WINDOW (self), heading, error->message);
}
