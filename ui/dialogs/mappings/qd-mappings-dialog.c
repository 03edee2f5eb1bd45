/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-mappings-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../../data/base/qd-task.h"
#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../pages/imports/qd-import-words.h"

struct _QdMappingsDialog
{
  QdDialog parent_instance;

  QdWorkspace *workspace;
  GtkStack *stack;           /* "list", "empty" */
  AdwPreferencesGroup *group;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (QdMappingsDialog, qd_mappings_dialog, QD_TYPE_DIALOG)

static void
activate (QdMappingsDialog *self,
          const char       *action,
          GVariant         *target)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  g_variant_ref_sink (target);
  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, target);
  g_variant_unref (target);
}

static const char *
get_name (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "name");
}

static void
renamed_cb (AdwEntryRow      *row,
            QdMappingsDialog *self)
{
  activate (self, "win.rename-mapping",
            g_variant_new ("(ss)", get_name (GTK_WIDGET (row)), gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
export_cb (GtkButton        *button,
           QdMappingsDialog *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ENTRY_ROW);

  activate (self, "win.export-mapping", g_variant_new_string (get_name (row)));
}

static void
delete_cb (GtkButton        *button,
           QdMappingsDialog *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ENTRY_ROW);

  activate (self, "win.delete-mapping", g_variant_new_string (get_name (row)));
}

static void
import_cb (GtkButton        *button,
           QdMappingsDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.import-mapping", NULL);
}

static void
add_button (QdMappingsDialog *self,
            GtkWidget        *row,
            const char       *icon,
            const char       *tooltip,
            const char       *name,
            GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf ("%s: %s", tooltip, name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", clicked, self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static GtkWidget *
make_row (QdMappingsDialog *self,
          const QdTable    *table,
          guint             index)
{
  const char *name = qd_table_get_text (table, index, 0), *headers = qd_table_get_text (table, index, 2);
  g_autofree char *kind = qd_import_describe_kind (qd_table_get_text (table, index, 1));
  g_autofree char *title = g_strdup_printf ("%s · %s", kind, headers);
  g_autofree char *markup = NULL;
  GtkWidget *row = adw_entry_row_new ();

  if (g_utf8_strlen (title, -1) > 60)
    {
      g_autofree char *cut = g_utf8_substring (title, 0, 60);

      g_free (title);
      title = g_strconcat (cut, "…", NULL);
    }
  markup = g_markup_escape_text (title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  gtk_editable_set_text (GTK_EDITABLE (row), name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, headers);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  g_signal_connect (row, "apply", G_CALLBACK (renamed_cb), self);
  add_button (self, row, "document-save-symbolic", _("Save as a File…"), name, G_CALLBACK (export_cb));
  add_button (self, row, "user-trash-symbolic", _("Delete"), name, G_CALLBACK (delete_cb));
  return row;
}

static void
show_table (QdMappingsDialog *self,
            const QdTable    *table)
{
  guint n = qd_table_get_n_rows (table);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = make_row (self, table, i);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  QdTable *table = qd_workspace_list_mappings (data, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) qd_table_unref);
  else
    g_task_return_error (task, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = g_task_propagate_pointer (G_TASK (result), &error);

  if (table != NULL)
    show_table (QD_MAPPINGS_DIALOG (source), table);
}

static void
refresh (QdMappingsDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, qd_dialog_renew_cancellable (QD_DIALOG (self)), listed_cb, NULL);

  g_task_set_task_data (task, g_object_ref (self->workspace), g_object_unref);
  qd_task_run_in_thread (task, list_thread);
}

static void
qd_mappings_dialog_finalize (GObject *object)
{
  QdMappingsDialog *self = QD_MAPPINGS_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (qd_mappings_dialog_parent_class)->finalize (object);
}

static void
qd_mappings_dialog_class_init (QdMappingsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_mappings_dialog_finalize;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-list-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Saved Mappings"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("An import saves how its file was read. A colleague’s mapping can be taken from a file."));
  return page;
}

static void
qd_mappings_dialog_init (QdMappingsDialog *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *take = gtk_button_new_with_mnemonic (_("_Take From File…"));
  GtkWidget *page = adw_preferences_page_new ();

  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group,
                                         _("How files of certain columns are read. Type another name and press Enter to rename."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, page, "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  g_signal_connect (take, "clicked", G_CALLBACK (import_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), take);
  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_title (GTK_WINDOW (self), _("Saved Mappings"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 480);
}

/**
 * qd_mappings_dialog_new:
 * @parent: the window of the workspace
 * @session: its session
 *
 * Returns: (transfer none): the list; present it. It belongs to GTK, as windows do
 */
GtkWidget *
qd_mappings_dialog_new (GtkWindow *parent,
                        QdSession *session)
{
  QdMappingsDialog *self =
      g_object_new (QD_TYPE_MAPPINGS_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (qd_session_get_workspace (session));
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * qd_mappings_dialog_get_n_mappings:
 * @self: the list
 *
 * Returns: how many mappings it shows
 */
guint
qd_mappings_dialog_get_n_mappings (QdMappingsDialog *self)
{
  return self->rows->len;
}
