/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept until the next start: size, which workspaces were open, and for
 * each of them the place and the view. Never the window's position.
 */
#include "config.h"

#include <string.h>

#include "../widgets/qd-ui-state.h"
#include "qd-main-window-private.h"

#define WINDOW "window"
#define OPEN "open" /* addresses of the workspaces in windows, the one used last first, a space between them */
#define DEFAULT_WIDTH 1200
#define DEFAULT_HEIGHT 800
#define LEAST_WIDTH 360
#define LEAST_HEIGHT 294

void
qd_main_window_restore_size (QdMainWindow *self)
{
  int width = qd_ui_state_get_integer (WINDOW, "width", DEFAULT_WIDTH);
  int height = qd_ui_state_get_integer (WINDOW, "height", DEFAULT_HEIGHT);

  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, LEAST_WIDTH), MAX (height, LEAST_HEIGHT));
  if (qd_ui_state_get_integer (WINDOW, "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
}

void
qd_main_window_save_size (QdMainWindow *self)
{
  int width, height;

  /* the size to come back to when it is not maximised any more */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      qd_ui_state_set_integer (WINDOW, "width", width);
      qd_ui_state_set_integer (WINDOW, "height", height);
    }
  qd_ui_state_set_integer (WINDOW, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static char *
dup_group (QdMainWindow *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  return g_file_get_uri (file);
}

/**
 * qd_main_window_restore_place:
 * @self: a window with a new session
 *
 * Goes where the person left this workspace. What it does not have any more
 * is dropped from the view when its facts are known.
 */
void
qd_main_window_restore_place (QdMainWindow *self)
{
  g_autofree char *group = dup_group (self);
  g_autofree char *page = qd_ui_state_dup_text (group, "page");
  g_autofree char *detail = qd_ui_state_dup_text (group, "detail");
  g_autofree char *text = qd_ui_state_dup_text (group, "view");
  g_autoptr (QdView) view = text != NULL ? qd_view_parse (text) : NULL;
  guint n;

  if (page == NULL || qd_pages_find (page) == NULL)
    {
      g_free (page);
      page = g_strdup (qd_pages_list (&n)[0].id);
      g_clear_pointer (&detail, g_free);
    }
  qd_session_replace (self->session, page, detail != NULL ? detail : "",
                      view != NULL ? view : qd_session_get_view (self->session));
}

static void
note_open (const char *uri,
           gboolean    open)
{
  g_autofree char *text = qd_ui_state_dup_text (WINDOW, OPEN);
  g_auto (GStrv) uris = g_strsplit (text != NULL ? text : "", " ", -1);
  g_autoptr (GString) list = g_string_new (open ? uri : NULL);

  for (guint i = 0; uris[i] != NULL; i++)
    if (*uris[i] != '\0' && strcmp (uris[i], uri) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", uris[i]);
  qd_ui_state_set_text (WINDOW, OPEN, list->len > 0 ? list->str : NULL);
}

void
qd_main_window_save_place (QdMainWindow *self)
{
  const QdPlace *place;
  g_autofree char *group = NULL;
  g_autofree char *view = NULL;

  if (self->session == NULL || self->path == NULL)
    return;
  group = dup_group (self);
  place = qd_session_get_place (self->session);
  view = qd_view_to_string (place->view);
  qd_ui_state_set_text (group, "page", place->page);
  qd_ui_state_set_text (group, "detail", place->detail);
  qd_ui_state_set_text (group, "view", view);
  note_open (group, TRUE);
}

/**
 * qd_main_window_forget_open:
 * @path: (type filename): a workspace that is not shown any more
 *
 * The next start does not open it.
 */
void
qd_main_window_forget_open (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  note_open (uri, FALSE);
}

/**
 * qd_main_window_take_open:
 *
 * Returns: (transfer full) (element-type filename): the workspaces that were
 *   in windows when the program ended and are still there, the one used last
 *   first; the list begins anew
 */
GPtrArray *
qd_main_window_take_open (void)
{
  g_autofree char *text = qd_ui_state_dup_text (WINDOW, OPEN);
  g_auto (GStrv) uris = g_strsplit (text != NULL ? text : "", " ", -1);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  qd_ui_state_set_text (WINDOW, OPEN, NULL);
  return paths;
}
