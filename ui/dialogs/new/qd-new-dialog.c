/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-new-dialog.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "../../../data/base/qd-money.h"
#include "../../compat/qd-file-dialog.h"
#include "../../widgets/qd-window-size.h"
#include "../../widgets/qd-ui-state.h"

#define SUFFIX ".quarterdeck"
#define GROUP "new-workspace"

struct _QdNewDialog
{
  QdDialog parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *name, *currency;
  AdwComboRow *fiscal;
  AdwActionRow *file;
  GtkLabel *message;
  GtkWidget *create;
  char *folder;
  char *path;
  gboolean chosen;         /* the person said which file: it does not follow the name */
  char *import;
};

G_DEFINE_FINAL_TYPE (QdNewDialog, qd_new_dialog, QD_TYPE_DIALOG)

static char *
dup_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;
  g_autofree char *code = g_strndup (symbol, 3);

  return qd_currency_get_exponent (code) >= 0 ? g_steal_pointer (&code) : g_strdup ("USD");
}

/**
 * qd_new_dialog_dup_path:
 * @folder: (type filename): an existing folder
 * @name: what the workspace is called
 *
 * Returns: (transfer full) (type filename): a path in @folder where nothing is
 */
char *
qd_new_dialog_dup_path (const char *folder,
                        const char *name)
{
  g_autofree char *safe = g_strstrip (g_strdelimit (g_strdup (name), "/\\:*?\"<>|\n\r\t", '-'));
  const char *stem = *safe != '\0' && *safe != '.' ? safe : _("Workspace");
  g_autofree char *path = g_strconcat (folder, G_DIR_SEPARATOR_S, stem, SUFFIX, NULL);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s" G_DIR_SEPARATOR_S "%s %u" SUFFIX, folder, stem, i);
    }
  return g_steal_pointer (&path);
}

static char *
dup_name (QdNewDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static char *
dup_code (QdNewDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->currency))));

  return g_ascii_strup (text, -1);
}

static void
update (QdNewDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *code = dup_code (self);
  g_autofree char *shown = NULL;
  g_autofree char *escaped = NULL;
  gboolean wrong_currency = qd_currency_get_exponent (code) < 0;
  gboolean exists;

  if (!self->chosen)
    {
      g_free (self->path);
      self->path = qd_new_dialog_dup_path (self->folder, name);
    }
  exists = g_file_test (self->path, G_FILE_TEST_EXISTS);
  shown = g_filename_display_name (self->path);
  escaped = g_markup_escape_text (shown, -1);
  adw_action_row_set_subtitle (self->file, escaped);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), shown);
  qd_dialog_mark_row (self->currency, wrong_currency);
  qd_dialog_mark_row (GTK_WIDGET (self->file), exists);
  if (wrong_currency)
    gtk_label_set_label (self->message, _("A currency has a code of three letters, such as USD, EUR or JPY."));
  else if (exists)
    gtk_label_set_label (self->message, _("There is a file of this name already. Choose another one: nothing is written over."));
  else
    gtk_label_set_label (self->message, "");
  gtk_widget_set_sensitive (self->create, *name != '\0' && !wrong_currency && !exists);
}

static void
changed_cb (QdNewDialog *self)
{
  if (self->path != NULL || self->folder != NULL)
    update (self);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdNewDialog) self = data;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL || self->create == NULL)
    return;
  if (!g_str_has_suffix (path, SUFFIX))
    {
      g_autofree char *bare = g_steal_pointer (&path);

      path = g_strconcat (bare, SUFFIX, NULL);
    }
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  self->chosen = TRUE;
  update (self);
}

static void
choose_cb (QdNewDialog *self)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  const QdFileDialog dialog = {
    .title = _("New Workspace"),
    .accept = _("_Choose"),
    .name = name,
    .folder = self->folder,
    .filter_name = _("Workspaces"),
    .patterns = "*" SUFFIX,
  };

  qd_file_dialog_save_async (&dialog, GTK_WINDOW (self), chosen_cb, g_object_ref (self));
}

static void
create_cb (QdNewDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *code = dup_code (self);
  g_autofree char *folder = g_path_get_dirname (self->path);
  GtkApplication *application = gtk_window_get_application (gtk_window_get_transient_for (GTK_WINDOW (self)));

  if (!gtk_widget_get_sensitive (self->create))
    return;
  if (!g_utf8_validate (self->path, -1, NULL))
    {
      gtk_label_set_label (self->message, _("The folder’s name is not valid text. Choose another folder."));
      return;
    }
  qd_ui_state_set_text (GROUP, "folder", folder);
  g_action_group_activate_action (G_ACTION_GROUP (application), "create-workspace",
                                  g_variant_new ("(sssis)", self->path, name, code,
                                                 (int) adw_combo_row_get_selected (self->fiscal) + 1,
                                                 self->import != NULL ? self->import : ""));
  gtk_window_close (GTK_WINDOW (self));
}

static void
qd_new_dialog_finalize (GObject *object)
{
  QdNewDialog *self = QD_NEW_DIALOG (object);

  g_free (self->folder);
  g_free (self->path);
  g_free (self->import);
  G_OBJECT_CLASS (qd_new_dialog_parent_class)->finalize (object);
}

static void
qd_new_dialog_class_init (QdNewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qd_new_dialog_finalize;
  qd_dialog_class_set_template (QD_DIALOG_CLASS (klass), "qd-new-dialog");
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, group);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, name);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, currency);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, fiscal);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, file);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, message);
  gtk_widget_class_bind_template_child (widget_class, QdNewDialog, create);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static GListModel *
list_months (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2001, month, 1, 0, 0, 0);
      /* the name of a month that stands alone */
      g_autofree char *name = g_date_time_format (time, "%OB");

      gtk_string_list_append (list, name);
    }
  return G_LIST_MODEL (list);
}

static char *
dup_folder (void)
{
  g_autofree char *last = qd_ui_state_dup_text (GROUP, "folder");
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (last != NULL && g_file_test (last, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&last);
  if (documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR))
    return g_strdup (documents);
  return g_strdup (g_get_home_dir ());
}

static void
qd_new_dialog_init (QdNewDialog *self)
{
  g_autoptr (GListModel) months = list_months ();
  g_autofree char *code = dup_currency ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->fiscal, months);
  gtk_editable_set_text (GTK_EDITABLE (self->currency), code);
}

/**
 * qd_new_dialog_new:
 * @parent: a window of the program
 * @import: (nullable) (type filename): a file that waits to be imported
 *
 * Returns: (transfer none): the dialog, not yet shown
 */
GtkWidget *
qd_new_dialog_new (GtkWindow  *parent,
                   const char *import)
{
  QdNewDialog *self = g_object_new (QD_TYPE_NEW_DIALOG, "transient-for", parent, NULL);

  qd_window_set_size (GTK_WINDOW (self), 520, 420);
  self->folder = dup_folder ();
  self->import = g_strdup (import);
  if (import != NULL)
    {
      g_autofree char *name = g_filename_display_basename (import);
      /* Translators: %s: the name of an export file */
      g_autofree char *text = g_strdup_printf (_("“%s” is imported into it next."), name);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_preferences_group_set_description (self->group, escaped);
    }
  update (self);
  gtk_widget_grab_focus (self->name);
  return GTK_WIDGET (self);
}
