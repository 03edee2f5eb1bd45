/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files dropped anywhere on the window: a workspace opens, an export is
 * imported.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-main-window-private.h"

static gboolean
is_workspace (const char *path)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);

  return g_str_has_suffix (folded, ".quarterdeck");
}

/* Paths in actions are UTF-8, as every text of an action. */
static gboolean
activate_with_path (QdMainWindow *self,
                    const char   *action,
                    const char   *path)
{
  if (!g_utf8_validate (path, -1, NULL))
    {
      qd_main_window_toast (self, _("This file’s name is not valid text. Rename it, then drop it again."), NULL, NULL);
      return FALSE;
    }
  return gtk_widget_activate_action (GTK_WIDGET (self), action, "s", path);
}

/**
 * qd_main_window_drop_files:
 * @self: a window
 * @files: (element-type GFile): what was dropped
 *
 * Opens each workspace; imports the first of the other files, into a new
 * workspace where none is open.
 *
 * Returns: whether anything could be done with them
 */
gboolean
qd_main_window_drop_files (QdMainWindow *self,
                           GSList       *files)
{
  gboolean taken = FALSE;
  gboolean importing = FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);
      g_autofree char *uri = g_file_get_uri (l->data);

      if (path == NULL)
        {
          qd_main_window_toast (self, _("Only files on this computer can be dropped here."), NULL, NULL);
        }
      else if (is_workspace (path))
        {
          taken = gtk_widget_activate_action (GTK_WIDGET (self), "app.open-recent", "s", uri) || taken;
        }
      else if (!importing)
        {
          importing = activate_with_path (self, self->session != NULL ? "win.import-file" : "app.new-for-import", path);
          taken = taken || importing;
        }
      else
        {
          qd_main_window_toast (self, _("One file at a time: drop the others after this import."), NULL, NULL);
          break;
        }
    }
  return taken;
}

static void
show_frame (QdMainWindow *self,
            gboolean      show)
{
  gtk_widget_set_visible (GTK_WIDGET (self->drop_frame), show);
  gtk_revealer_set_reveal_child (self->drop_frame, show);
}

static GdkDragAction
enter_cb (GtkDropTarget *target,
          double         x,
          double         y,
          QdMainWindow  *self)
{
  show_frame (self, TRUE);
  return GDK_ACTION_COPY;
}

static void
leave_cb (GtkDropTarget *target,
          QdMainWindow  *self)
{
  show_frame (self, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         QdMainWindow  *self)
{
  show_frame (self, FALSE);
  return qd_main_window_drop_files (self, g_value_get_boxed (value));
}

void
qd_main_window_install_drop (QdMainWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}
