/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a window shows without a workspace: nothing, the welcome page, a file that is
 * being opened, one that did not open.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../widgets/qd-actionable.h"
#include "qd-main-window-private.h"

/* A file that opens sooner is not talked about. */
#define OPENING_AFTER_MS 400

/* Without a workspace: one of the pages of self->outside. */
static void
show_outside (QdMainWindow *self,
              const char   *name)
{
  gtk_stack_set_visible_child_name (self->outside, name);
  gtk_stack_set_visible_child_name (self->root, "outside");
}

void
qd_main_window_show_welcome (QdMainWindow *self)
{
  if (self->welcome == NULL)
    {
      self->welcome = QD_WELCOME (qd_welcome_new ());
      gtk_stack_add_named (self->outside, GTK_WIDGET (self->welcome), "welcome");
    }
  show_outside (self, "welcome");
  gtk_widget_grab_focus (GTK_WIDGET (self->welcome));
}

void
qd_main_window_stop_opening (QdMainWindow *self)
{
  g_clear_handle_id (&self->opening_source, g_source_remove);
  if (self->opening_job != NULL)
    g_signal_handlers_disconnect_by_data (self->opening_job, self);
  g_clear_object (&self->opening_job);
  if (self->opening_spinner != NULL)
    gtk_spinner_stop (self->opening_spinner);
}

static void
show_opening_progress (QdMainWindow *self)
{
  g_autofree char *status = qd_job_dup_status (self->opening_job);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *text = g_markup_escape_text (status != NULL && *status != '\0' ? status : name, -1);
  double fraction = qd_job_get_fraction (self->opening_job);

  adw_status_page_set_description (self->opening, text);
  gtk_widget_set_visible (GTK_WIDGET (self->opening_bar), fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->opening_bar, MIN (fraction, 1));
}

static gboolean
opening_cb (gpointer data)
{
  QdMainWindow *self = data;

  self->opening_source = 0;
  show_opening_progress (self);
  gtk_spinner_start (self->opening_spinner);
  show_outside (self, "opening");
  return G_SOURCE_REMOVE;
}

/**
 * qd_main_window_show_opening:
 * @self: a window
 * @path: (type filename): the file
 * @job: opens it
 *
 * Says that a file is being opened, when that takes long, and offers to stop.
 */
void
qd_main_window_show_opening (QdMainWindow *self,
                             const char   *path,
                             QdJob        *job)
{
  g_return_if_fail (QD_IS_MAIN_WINDOW (self) && path != NULL && QD_IS_JOB (job));
  qd_main_window_take_path (self, path);
  self->opening_job = g_object_ref (job);
  g_signal_connect_swapped (job, "notify::status", G_CALLBACK (show_opening_progress), self);
  g_signal_connect_swapped (job, "notify::fraction", G_CALLBACK (show_opening_progress), self);
  self->opening_source = g_timeout_add (OPENING_AFTER_MS, opening_cb, self);
  show_outside (self, "blank");
  qd_main_window_update (self);
}

/**
 * qd_main_window_is_opening:
 * @self: a window
 * @job: what opens a file for it
 *
 * Returns: whether the window still waits for that file
 */
gboolean
qd_main_window_is_opening (QdMainWindow *self,
                           QdJob        *job)
{
  return self->opening_job == job && job != NULL;
}

/**
 * qd_main_window_show_problem:
 * @self: a window
 * @title: what is the matter
 * @description: why, and what can be done; not markup
 * @button: (nullable): label of a button
 * @detailed_action_name: (nullable): what it does
 *
 * Says that a file did not open.
 */
void
qd_main_window_show_problem (QdMainWindow *self,
                             const char   *title,
                             const char   *description,
                             const char   *button,
                             const char   *detailed_action_name)
{
  g_autofree char *text = g_markup_escape_text (description, -1);

  g_return_if_fail (QD_IS_MAIN_WINDOW (self));
  qd_main_window_take_path (self, NULL);
  adw_status_page_set_title (self->problem, title);
  adw_status_page_set_description (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->problem_button, button);
      qd_actionable_set_action (GTK_ACTIONABLE (self->problem_button), detailed_action_name);
    }
  show_outside (self, "problem");
  gtk_widget_child_focus (GTK_WIDGET (self->problem), GTK_DIR_TAB_FORWARD);
  qd_main_window_update (self);
}
