/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The third step: each column with values from it, and what becomes of it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../../data/base/qd-task.h"
#include "../../../data/workspace/qd-workspace-edit.h"
#include "qd-import-chooser.h"
#include "qd-import-step.h"

typedef struct
{
  QdImportStep parent_instance;

  GtkLabel *summary, *problems, *saved;
  GtkWidget *saved_box, *problem_box;
  GtkEntry *name;
  GtkListView *view;
  GtkStringList *items;   /* as many as columns; what they say is read from the plan */
  GHashTable *bound;      /* GtkListItem */
  gboolean showing;
} QdImportMapStep;

typedef QdImportStepClass QdImportMapStepClass;

G_DEFINE_FINAL_TYPE (QdImportMapStep, qd_import_map_step, QD_TYPE_IMPORT_STEP)

/* One row's widgets. */
typedef struct
{
  GtkLabel *header, *samples, *why, *target;
  GtkWidget *button;
  GtkListItem *item;
} Cell;

static const GPtrArray *
get_conflicts (QdImportMapStep *self)
{
  const QdInspection *inspection =
      qd_import_assistant_get_inspection (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));

  return inspection != NULL && inspection->mapping != NULL ? inspection->mapping->conflicts : NULL;
}

/* The field that a column could feed, together with others, while none does; −1: none. */
static int
find_open_field (QdImportMapStep    *self,
                 const QdImportPlan *plan,
                 guint               column)
{
  const GPtrArray *conflicts = get_conflicts (self);

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const QdConflict *conflict = conflicts->pdata[i];

      if (qd_import_plan_find_column (plan, conflict->field) >= 0)
        continue;
      for (guint k = 0; k < conflict->columns->len; k++)
        if (g_array_index (conflict->columns, guint, k) == column)
          return conflict->field;
    }
  return -1;
}

static char *
join_samples (const QdInspectedColumn *column)
{
  GString *out = g_string_new (NULL);

  if (column->samples->len == 0)
    return g_string_free (g_string_append (out, _("blank in the first rows")), FALSE);
  for (guint i = 0; i < column->samples->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "  ·  " : "", (const char *) column->samples->pdata[i]);
  g_strdelimit (out->str, "\n\r\t", ' ');
  return g_string_free (out, FALSE);
}

static void
fill_cell (QdImportMapStep *self,
           Cell            *cell)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  const QdInspection *inspection = qd_import_assistant_get_inspection (assistant);
  guint index = gtk_list_item_get_position (cell->item);
  const QdPlanColumn *column;
  g_autofree char *samples = NULL;
  g_autofree char *why = NULL;
  g_autofree char *target = NULL;
  g_autofree char *name = NULL;
  g_autofree char *button = NULL;
  const char *header;
  gboolean open;
  int open_field;

  if (plan == NULL || inspection == NULL || index >= plan->columns->len || index >= inspection->n_columns)
    return;
  column = &g_array_index (plan->columns, QdPlanColumn, index);
  header = *column->header != 0 ? column->header : _("(no name)");
  samples = join_samples (&inspection->columns[index]);
  open_field = column->field < 0 && column->match != QD_MATCH_SAID ? find_open_field (self, plan, index) : -1;
  open = open_field >= 0;
  if (column->field >= 0)
    {
      target = g_strdup (qd_import_field_title (&plan->kind->fields[column->field]));
      why = qd_import_match_title (column->match);
    }
  else if (open)
    {
      target = g_strdup (_("Choose…"));
      why = g_strdup_printf (_("Could be %s"), qd_import_field_title (&plan->kind->fields[open_field]));
    }
  else if (column->custom != NULL)
    {
      target = g_strdup (_("Custom Field"));
      why = g_strdup_printf (_("Kept as “%s”"), column->custom);
    }
  else
    {
      target = g_strdup (_("Left Out"));
      why = column->match == QD_MATCH_SAID ? g_strdup (_("Chosen by you")) : g_strdup (_("Nothing known by this name"));
    }
  gtk_label_set_text (cell->header, header);
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell->header), header);
  gtk_label_set_text (cell->samples, samples);
  gtk_label_set_text (cell->target, target);
  gtk_label_set_text (cell->why, why);
  if (open)
    gtk_widget_add_css_class (GTK_WIDGET (cell->why), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell->why), "warning");
  if (column->field < 0 && column->custom == NULL && !open)
    gtk_widget_add_css_class (GTK_WIDGET (cell->target), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell->target), "dim-label");
  /* Translators: header of a column, what becomes of it */
  button = g_strdup_printf (_("Column %s: %s"), header, target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->button), GTK_ACCESSIBLE_PROPERTY_LABEL, button, -1);
  if (gtk_widget_get_parent (gtk_list_item_get_child (cell->item)) != NULL)
    {
      name = g_strdup_printf ("%s, %s, %s, %s", header, samples, target, why);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (cell->item))),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
show_summary (QdImportMapStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (QdImportMapState) state = qd_import_map_state_from_values (plan, get_conflicts (self));
  g_autoptr (GString) problems = g_string_new (NULL);

  gtk_label_set_text (self->summary, state->summary);
  for (guint i = 0; i < state->problems->len; i++)
    g_string_append_printf (problems, "%s%s", i > 0 ? "\n" : "", (const char *) state->problems->pdata[i]);
  gtk_label_set_text (self->problems, problems->str);
  gtk_widget_set_visible (self->problem_box, state->problems->len > 0);
}

static void
refresh_cells (QdImportMapStep *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    fill_cell (self, g_object_get_data (item, "cell"));
}

static void
set_n_items (QdImportMapStep *self,
             guint            n)
{
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autofree const char **words = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    words[i] = "";
  gtk_string_list_splice (self->items, 0, old, words);
}

static void
show (QdImportStep *step)
{
  QdImportMapStep *self = (QdImportMapStep *) step;
  const QdImportPlan *plan = qd_import_assistant_get_plan (qd_import_step_get_assistant (step));
  g_autofree char *base = NULL;
  char *dot;

  if (plan == NULL || plan->columns->len == 0)
    return;
  self->showing = TRUE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) != plan->columns->len)
    set_n_items (self, plan->columns->len);
  refresh_cells (self);
  show_summary (self);
  if (plan->saved_name != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("Columns are matched as saved in “%s”, because they are the same."),
                                               plan->saved_name);

      gtk_label_set_text (self->saved, text);
    }
  gtk_widget_set_visible (self->saved_box, plan->saved_name != NULL);
  base = g_filename_display_basename (plan->path);
  dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = 0;
  gtk_editable_set_text (GTK_EDITABLE (self->name), plan->save_as != NULL      ? plan->save_as
                                                    : plan->saved_name != NULL ? plan->saved_name
                                                                               : base);
  self->showing = FALSE;
}

static QdImportNext
get_next (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (QdImportMapState) state = NULL;
  QdImportNext next;

  if (plan == NULL || plan->kind == NULL || plan->columns->len == 0)
    return (QdImportNext) { FALSE, g_strdup (_("_Next")), NULL };
  state = qd_import_map_state_from_values (plan, get_conflicts ((QdImportMapStep *) step));
  next = state->next;
  state->next = (QdImportNext) { FALSE, NULL, NULL };
  next.can_next = next.can_next && !qd_import_assistant_is_busy (assistant);
  g_clear_pointer (&next.hint, g_free); /* it stands above */
  return next;
}

static GtkWidget *
get_focus (QdImportStep *step)
{
  return GTK_WIDGET (((QdImportMapStep *) step)->view);
}

static void
chosen_cb (guint       column,
           int         field,
           const char *custom,
           gpointer    data)
{
  QdImportMapStep *self = data;
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));

  qd_import_plan_assign (qd_import_assistant_get_plan (assistant), column, field, custom);
  refresh_cells (self);
  show_summary (self);
  qd_import_assistant_update (assistant);
}

static void
open_chooser (QdImportMapStep *self,
              GtkWidget       *button,
              guint            column)
{
  qd_import_chooser_open (button, qd_import_assistant_get_plan (qd_import_step_get_assistant (QD_IMPORT_STEP (self))), column,
                          chosen_cb, self);
}

static void
clicked_cb (GtkButton   *button,
            GtkListItem *item)
{
  QdImportMapStep *self = g_object_get_data (G_OBJECT (item), "step");

  open_chooser (self, GTK_WIDGET (button), gtk_list_item_get_position (item));
}

static void
activated_cb (GtkListView     *view,
              guint            position,
              QdImportMapStep *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (gtk_list_item_get_position (item) == position)
      {
        Cell *cell = g_object_get_data (item, "cell");

        open_chooser (self, cell->button, position);
        return;
      }
}

static GtkLabel *
make_label (const char *css_class,
            int         width)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (""));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  if (width > 0)
    gtk_label_set_width_chars (label, width);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          QdImportMapStep    *self)
{
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  cell->item = item;
  cell->header = make_label ("heading", 0);
  cell->samples = make_label ("dim-label", 0);
  gtk_widget_add_css_class (GTK_WIDGET (cell->samples), "caption");
  cell->target = make_label (NULL, 0);
  cell->why = make_label ("caption", 0);
  gtk_label_set_max_width_chars (cell->why, 1);
  gtk_label_set_max_width_chars (cell->target, 1);
  cell->button = gtk_button_new ();
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (cell->target), TRUE);
  gtk_widget_set_hexpand (right, FALSE);
  gtk_widget_set_size_request (right, 280, -1);
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (cell->target));
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (cell->button), inside);
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (cell->header));
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (cell->samples));
  gtk_box_append (GTK_BOX (right), cell->button);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (cell->why));
  gtk_widget_set_valign (left, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  gtk_widget_add_css_class (row, "import-map-row");
  g_object_set_data_full (G_OBJECT (item), "cell", cell, g_free);
  g_object_set_data (G_OBJECT (item), "step", self);
  g_signal_connect (cell->button, "clicked", G_CALLBACK (clicked_cb), item);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         QdImportMapStep    *self)
{
  g_hash_table_add (self->bound, item);
  fill_cell (self, g_object_get_data (G_OBJECT (item), "cell"));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           QdImportMapStep    *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
name_changed_cb (GtkEditable     *editable,
                 QdImportMapStep *self)
{
  QdImportPlan *plan = qd_import_assistant_get_plan (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
  const char *text = gtk_editable_get_text (editable);

  if (self->showing || plan == NULL)
    return;
  g_free (plan->save_as);
  plan->save_as = *text != 0 ? g_strdup (text) : NULL;
}

static void
reset_cb (GtkButton       *button,
          QdImportMapStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);

  plan->ignore_saved = TRUE;
  qd_import_assistant_choose_kind (assistant, plan->kind);
}

typedef struct
{
  QdWorkspace *workspace;
  char *name;
} Deletion;

static void
free_deletion (gpointer data)
{
  Deletion *deletion = data;

  g_object_unref (deletion->workspace);
  g_free (deletion->name);
  g_free (deletion);
}

static void
delete_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Deletion *deletion = data;
  GError *error = NULL;

  if (qd_workspace_delete_mapping (deletion->workspace, deletion->name, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  QdImportMapStep *self = (QdImportMapStep *) source;
  g_autoptr (QdImportAssistant) assistant = data;
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      qd_import_assistant_tell (assistant, error->message);
      return;
    }
  qd_import_assistant_tell (assistant, _("Saved mapping deleted; Undo brings it back"));
  if (plan != NULL && plan->kind != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    qd_import_assistant_choose_kind (assistant, plan->kind);
}

static void
delete_cb (GtkButton       *button,
           QdImportMapStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (GTask) task = NULL;
  Deletion *deletion;

  if (plan == NULL || plan->saved_name == NULL)
    return;
  deletion = g_new0 (Deletion, 1);
  deletion->workspace = g_object_ref (qd_session_get_workspace (qd_import_assistant_get_session (assistant)));
  deletion->name = g_strdup (plan->saved_name);
  task = g_task_new (self, NULL, deleted_cb, g_object_ref (assistant));
  g_task_set_task_data (task, deletion, free_deletion);
  qd_task_run_in_thread (task, delete_thread);
}

static void
export_cb (GtkButton       *button,
           QdImportMapStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (assistant));

  if (plan != NULL && plan->saved_name != NULL && parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.export-mapping", "s", plan->saved_name);
}

static GtkWidget *
make_saved (QdImportMapStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *reset = gtk_button_new_with_mnemonic (_("_Match by Name"));
  GtkWidget *export = gtk_button_new_with_mnemonic (_("Save as _File…"));
  GtkWidget *remove = gtk_button_new_with_mnemonic (_("_Delete"));

  self->saved = make_label (NULL, 0);
  gtk_label_set_wrap (self->saved, TRUE);
  gtk_label_set_ellipsize (self->saved, PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->saved), TRUE);
  gtk_widget_set_tooltip_text (reset, _("Do not use the saved mapping for this file"));
  gtk_widget_set_tooltip_text (remove, _("Delete the saved mapping"));
  g_signal_connect (reset, "clicked", G_CALLBACK (reset_cb), self);
  gtk_widget_set_tooltip_text (export, _("Give the saved mapping to somebody else"));
  g_signal_connect (export, "clicked", G_CALLBACK (export_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (delete_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->saved));
  gtk_box_append (GTK_BOX (box), reset);
  gtk_box_append (GTK_BOX (box), export);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (box, "import-note");
  self->saved_box = box;
  return box;
}

static GtkWidget *
make_foot (QdImportMapStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Save Mapping As"));

  self->summary = make_label ("dim-label", 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  self->name = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_max_length (self->name, 100);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->name), 22);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->name));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), _("Files with the same columns are then read in the same way"));
  g_signal_connect (self->name, "changed", G_CALLBACK (name_changed_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  return box;
}

static void
qd_import_map_step_finalize (GObject *object)
{
  QdImportMapStep *self = (QdImportMapStep *) object;

  g_clear_pointer (&self->bound, g_hash_table_unref);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (qd_import_map_step_parent_class)->finalize (object);
}

static void
qd_import_map_step_class_init (QdImportMapStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_import_map_step_finalize;
  klass->show = show;
  klass->get_next = get_next;
  klass->get_focus = get_focus;
}

static void
qd_import_map_step_init (QdImportMapStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->bound = g_hash_table_new (NULL, NULL);
  self->items = gtk_string_list_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)))), factory));
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns of the file"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);

  self->problems = make_label (NULL, 0);
  gtk_label_set_wrap (self->problems, TRUE);
  gtk_label_set_ellipsize (self->problems, PANGO_ELLIPSIZE_NONE);
  self->problem_box = GTK_WIDGET (adw_bin_new ());
  adw_bin_set_child (ADW_BIN (self->problem_box), GTK_WIDGET (self->problems));
  gtk_widget_add_css_class (self->problem_box, "import-note");
  gtk_widget_add_css_class (self->problem_box, "warning");

  gtk_box_append (GTK_BOX (box), make_saved (self));
  gtk_box_append (GTK_BOX (box), self->problem_box);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), make_foot (self));
  gtk_widget_add_css_class (box, "import-page");
  adw_bin_set_child (ADW_BIN (self), box);
}
