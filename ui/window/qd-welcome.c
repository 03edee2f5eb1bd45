/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-welcome.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../data/base/qd-task.h"
#include "../widgets/qd-template.h"

#define MAX_RECENT 8

struct _QdWelcome
{
  GtkWidget parent_instance;

  AdwStatusPage *page;
  GtkWidget *sample;
  GtkWidget *recent_box;
  GtkListBox *recent;
  GCancellable *cancellable;
};

/* A recent file, and whether it is still there. */
typedef struct
{
  char *uri;
  char *name;
  char *folder;
  gboolean missing;
} Recent;

G_DEFINE_FINAL_TYPE (QdWelcome, qd_welcome, GTK_TYPE_WIDGET)

static void
free_recent (gpointer data)
{
  Recent *recent = data;

  g_free (recent->uri);
  g_free (recent->name);
  g_free (recent->folder);
  g_free (recent);
}

static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  return -g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) a),
                               gtk_recent_info_get_visited ((GtkRecentInfo *) b));
}

/* Newest first; whether they exist is not known yet. */
static GPtrArray *
list_recent (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_recent);
  g_autolist (GtkRecentInfo) infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  infos = g_list_sort (infos, compare_infos);
  for (GList *l = infos; l != NULL && list->len < MAX_RECENT; l = l->next)
    {
      g_autoptr (GFile) file = NULL;
      g_autoptr (GFile) parent = NULL;
      const char *mime_type = gtk_recent_info_get_mime_type (l->data);
      Recent *recent;

      if (g_strcmp0 (mime_type, QD_WORKSPACE_MIME_TYPE) != 0 || !gtk_recent_info_is_local (l->data))
        continue;
      file = g_file_new_for_uri (gtk_recent_info_get_uri (l->data));
      parent = g_file_get_parent (file);
      recent = g_new0 (Recent, 1);
      recent->uri = g_strdup (gtk_recent_info_get_uri (l->data));
      recent->name = g_strdup (gtk_recent_info_get_display_name (l->data));
      recent->folder = parent != NULL ? g_file_get_parse_name (parent) : g_strdup ("");
      g_ptr_array_add (list, recent);
    }
  return list;
}

static void
look (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  GPtrArray *list = data;

  for (guint i = 0; i < list->len; i++)
    {
      Recent *recent = list->pdata[i];
      g_autoptr (GFile) file = g_file_new_for_uri (recent->uri);

      recent->missing = !g_file_query_exists (file, cancellable);
    }
  g_task_return_boolean (task, TRUE);
}

static GtkWidget *
make_button (const char *label,
             const char *tooltip,
             const char *action,
             const char *uri)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
escape_into (AdwActionRow *row,
             const char   *title,
             const char   *subtitle)
{
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (row, escaped_subtitle);
}

static GtkWidget *
make_row (const Recent *recent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup (recent->name);
  g_autofree char *subtitle = NULL;

  if (g_str_has_suffix (name, ".quarterdeck"))
    name[strlen (name) - strlen (".quarterdeck")] = '\0';
  subtitle = recent->missing ? g_strdup_printf (_("Not found in %s"), recent->folder) : g_strdup (recent->folder);
  escape_into (ADW_ACTION_ROW (row), name, subtitle);
  /* GTK 4.8 warns of a label that may be cut and is narrower than the dots */
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), g_utf8_strlen (name, -1) > 3 ? 1 : 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), g_utf8_strlen (subtitle, -1) > 3 ? 1 : 0);
  gtk_widget_set_tooltip_text (row, recent->folder);
  if (recent->missing)
    {
      /* Translators: looks for a file that was moved; %s: its name */
      g_autofree char *locate = g_strdup_printf (_("Locate “%s”"), name);
      g_autofree char *remove = g_strdup_printf (_("Remove “%s” From This List"), name);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_("Locate…"), locate, "app.locate-recent", recent->uri));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_("Remove"), remove, "app.forget-recent", recent->uri));
      gtk_widget_add_css_class (row, "missing");
    }
  else
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", recent->uri);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-recent");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
  return row;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdWelcome *self = QD_WELCOME (source);
  GPtrArray *list = g_task_get_task_data (G_TASK (result));
  GtkWidget *child;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent))) != NULL)
    gtk_list_box_remove (self->recent, child);
  for (guint i = 0; i < list->len; i++)
    gtk_list_box_append (self->recent, make_row (list->pdata[i]));
  gtk_widget_set_visible (self->recent_box, list->len > 0);
  if (list->len > 0) /* so that the list is seen in a low window too */
    gtk_widget_add_css_class (GTK_WIDGET (self->page), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->page), "compact");
}

/* Lists the workspaces that were opened lately. Whether each is still there is found out on a worker: a folder of the network may take its time. */
static void
refresh (QdWelcome *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (QD_IS_WELCOME (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, looked_cb, NULL);
  g_task_set_source_tag (task, refresh);
  g_task_set_task_data (task, list_recent (), (GDestroyNotify) g_ptr_array_unref);
  qd_task_run_in_thread (task, look);
}

static void
qd_welcome_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (qd_welcome_parent_class)->map (widget);
  refresh (QD_WELCOME (widget));
}

static gboolean
qd_welcome_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QD_WELCOME (widget)->sample);
}

static void
qd_welcome_dispose (GObject *object)
{
  QdWelcome *self = QD_WELCOME (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_WELCOME);
  G_OBJECT_CLASS (qd_welcome_parent_class)->dispose (object);
}

static void
qd_welcome_class_init (QdWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_welcome_dispose;
  widget_class->map = qd_welcome_map;
  widget_class->grab_focus = qd_welcome_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  qd_template_set (widget_class, "qd-welcome");
  gtk_widget_class_bind_template_child (widget_class, QdWelcome, page);
  gtk_widget_class_bind_template_child (widget_class, QdWelcome, sample);
  gtk_widget_class_bind_template_child (widget_class, QdWelcome, recent_box);
  gtk_widget_class_bind_template_child (widget_class, QdWelcome, recent);
}

static void
qd_welcome_init (QdWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
qd_welcome_new (void)
{
  return g_object_new (QD_TYPE_WELCOME, NULL);
}
