/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-undo-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "../../pages/qd-moment.h"

#define MAX_KEPT 8
#define MAX_LATER 10
#define MAX_UNSCROLLED 3
#define HEIGHT 240
#define WIDTH 400

char *
qd_undo_question_list_kept (const char      *heading,
                            const GPtrArray *kept,
                            QdFormat        *format)
{
  GString *text = g_string_new (heading);

  for (guint i = 0; i < MIN (kept->len, MAX_KEPT); i++)
    g_string_append_printf (text, "\n• %s", (const char *) kept->pdata[i]);
  if (kept->len > MAX_KEPT)
    {
      guint more = kept->len - MAX_KEPT;
      g_autofree char *count = qd_format_count (format, more);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %s more", "and %s more", more), count);
    }
  return g_string_free (text, FALSE);
}

/* @when: (nullable) */
static GtkWidget *
make_row (const char *title,
          const char *when)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = when != NULL ? g_strdup_printf ("%s, %s", title, when) : g_strdup (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (when != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
make_list (const GPtrArray *later,
           QdFormat        *format)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Later Changes"), -1);
  for (guint i = 0; i < MIN (later->len, MAX_LATER); i++)
    {
      const QdHistoryEntry *entry = later->pdata[i];
      g_autofree char *when = qd_moment_format (format, entry->time);

      gtk_list_box_append (GTK_LIST_BOX (list), make_row (entry->summary, when));
    }
  if (later->len > MAX_LATER)
    {
      guint more = later->len - MAX_LATER;
      g_autofree char *count = qd_format_count (format, more);
      g_autofree char *text = g_strdup_printf (ngettext ("and %s more", "and %s more", more), count);

      gtk_list_box_append (GTK_LIST_BOX (list), make_row (text, NULL));
    }
  gtk_widget_set_size_request (list, WIDTH, -1);
  if (later->len <= MAX_UNSCROLLED)
    return list;
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

void
qd_undo_question_async (const QdHistoryPreview *preview,
                        QdFormat               *format,
                        GtkWindow              *parent,
                        GAsyncReadyCallback     callback,
                        gpointer                user_data)
{
  gboolean import = preview->batch != 0;
  const char *with_later = preview->later->len > 0 ? _("Undo These as _Well") : NULL;
  g_autofree char *body = NULL;
  QdConfirm question = { .extra = preview->later->len > 0 ? make_list (preview->later, format) : NULL };

  if (preview->possible)
    {
      body = qd_undo_question_list_kept (
          import ? _("What the import brought goes, and what it changed returns. These were changed later and would stay as "
                     "they are:")
                 : _("What the change replaced returns. These were changed later and would stay as they are:"),
          preview->kept, format);
      question.heading = import ? _("Undo the Import and Keep Later Changes?") : _("Undo the Change and Keep Later Changes?");
      question.accept = import ? _("_Undo Import") : _("_Undo Change");
      question.other = with_later;
    }
  else
    {
      body = g_strdup (import ? _("Later changes build on this import: it can only be undone together with them. All go back "
                                  "at once, and Redo brings all of them back.")
                              : _("Later changes build on this one: it can only be undone together with them. All go back at "
                                  "once, and Redo brings all of them back."));
      question.heading = _("Undo Later Changes as Well?");
      question.accept = with_later;
    }
  question.body = body;
  qd_confirm_async (&question, parent, NULL, callback, user_data);
}
