/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a window says in passing, and what went wrong.
 */
#include "config.h"

#include "../compat/qd-confirm.h"
#include "../compat/qd-names.h"
#include "qd-main-window-private.h"

#define TOAST_SECONDS 5

static void
toast_dismissed_cb (QdMainWindow *self)
{
  g_clear_handle_id (&self->toast_source, g_source_remove);
  g_clear_weak_pointer (&self->toast);
}

static gboolean
toast_over_cb (gpointer data)
{
  QdMainWindow *self = data;

  self->toast_source = 0;
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  return G_SOURCE_REMOVE;
}

/* The target before the name: a name whose target is not there yet is warned about. */
static void
set_toast_action (AdwToast   *toast,
                  const char *detailed_action_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  adw_toast_set_action_name (toast, NULL);
  adw_toast_set_action_target_value (toast, NULL);
  if (detailed_action_name == NULL || !g_action_parse_detailed_name (detailed_action_name, &name, &target, NULL))
    return;
  adw_toast_set_action_target_value (toast, target);
  adw_toast_set_action_name (toast, name);
}

/* Whoever worked for it may hold it a little longer. */
static gboolean
is_closed (QdMainWindow *self)
{
  return gtk_window_get_application (GTK_WINDOW (self)) == NULL;
}

/**
 * qd_main_window_toast:
 * @self: a window
 * @text: what happened, one line; not markup
 * @button: (nullable): label of the button
 * @detailed_action_name: (nullable): what the button does
 *
 * Says that something happened, to screen readers too. What it says must also be
 * found elsewhere. It takes the place of the one before.
 */
void
qd_main_window_toast (QdMainWindow *self,
                      const char   *text,
                      const char   *button,
                      const char   *detailed_action_name)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  gboolean fresh = self->toast == NULL;

  if (is_closed (self))
    return;
  /* One toast that lives on: to dismiss one that is still on its way in, libadwaita 1.2 frees twice. */
  if (fresh)
    {
      g_set_weak_pointer (&self->toast, adw_toast_new (markup));
      adw_toast_set_timeout (self->toast, 0);
      g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      adw_toast_set_title (self->toast, markup);
    }
  adw_toast_set_button_label (self->toast, button);
  set_toast_action (self->toast, button != NULL ? detailed_action_name : NULL);
  g_clear_handle_id (&self->toast_source, g_source_remove);
  self->toast_source = g_timeout_add_seconds (TOAST_SECONDS, toast_over_cb, self);
  if (fresh)
    adw_toast_overlay_add_toast (self->toasts, self->toast);
  if (!fresh || !qd_names_announces_toasts ())
    qd_names_announce (GTK_ROOT (self), text);
}

void
qd_main_window_show_error (QdMainWindow *self,
                           const char   *heading,
                           const GError *error)
{
  if (is_closed (self))
    {
      g_warning ("%s: %s", heading, error->message);
      return;
    }
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* left: it comes back, for what was wanted is not done */
    gtk_window_present (GTK_WINDOW (self));
  qd_confirm_tell (GTK_WINDOW (self), heading, error->message);
}
