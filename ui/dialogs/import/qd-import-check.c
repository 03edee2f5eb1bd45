/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fifth step: rows that do not fit, by what mends them. Cells are
 * corrected where they stand; the file itself stays as it is.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "qd-import-cell.h"
#include "qd-import-rule.h"
#include "qd-import-step.h"

#define RECHECK_AFTER 700 /* ms without typing */

/* Rows that are wrong in the same way; stays when all of them are mended. */
typedef struct
{
  char *code, *field;
  int column;
  guint64 count;
  char *title;
  char *expected;
  GListStore *cells;     /* QdImportCell */
  GArray *values;        /* QdRuleValue, the most frequent first */
  GtkWidget *row;
  GtkLabel *count_label;
} Group;

typedef struct
{
  QdImportStep parent_instance;

  GPtrArray *groups;
  Group *current;
  const QdImportPlan *plan_seen; /* the plan whose groups these are */
  guint recheck;
  gboolean rechecking;           /* what comes next is the same rows once more */

  GtkStack *views;
  GtkListBox *list;
  GtkLabel *title, *repair, *more, *status;
  GtkMenuButton *rule;
  GtkButton *save;
  GtkListView *view;
  GtkNoSelection *selection;
  GtkBox *rules;         /* those of the column, each with a button that takes it back */
} QdImportCheckStep;

typedef QdImportStepClass QdImportCheckStepClass;

G_DEFINE_FINAL_TYPE (QdImportCheckStep, qd_import_check_step, QD_TYPE_IMPORT_STEP)

static void
free_group (gpointer data)
{
  Group *group = data;

  g_free (group->code);
  g_free (group->field);
  g_free (group->title);
  g_free (group->expected);
  g_object_unref (group->cells);
  g_array_unref (group->values);
  g_free (group);
}

static QdImportAssistant *
get_assistant (QdImportCheckStep *self)
{
  return qd_import_step_get_assistant (QD_IMPORT_STEP (self));
}

static guint
count_fixes (QdImportCheckStep *self)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));

  return plan != NULL ? qd_fixes_get_n_cells (plan->fixes) + qd_fixes_get_n_rules (plan->fixes) : 0;
}

static gboolean
recheck_cb (gpointer data)
{
  QdImportCheckStep *self = data;

  self->recheck = 0;
  self->rechecking = TRUE;
  qd_import_assistant_recheck (get_assistant (self));
  return G_SOURCE_REMOVE;
}

static void
recheck_soon (QdImportCheckStep *self,
              guint              delay)
{
  g_clear_handle_id (&self->recheck, g_source_remove);
  self->recheck = g_timeout_add (delay, recheck_cb, self);
  qd_import_assistant_update (get_assistant (self));
}

/* Groups */

static Group *
find_group (QdImportCheckStep   *self,
            const QdRejectGroup *found)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];

      if (strcmp (group->code, found->code) == 0 && strcmp (group->field, found->field) == 0)
        return group;
    }
  return NULL;
}

static Group *
add_group (QdImportCheckStep   *self,
           const QdRejectGroup *found,
           const QdKind        *kind)
{
  Group *group = g_new0 (Group, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label;

  group->code = g_strdup (found->code);
  group->field = g_strdup (found->field);
  group->column = found->column;
  group->title = qd_import_problem_title (found, kind);
  group->expected = g_strdup (found->expected);
  group->cells = g_list_store_new (QD_TYPE_IMPORT_CELL);
  group->values = qd_rule_values_new (NULL);
  label = gtk_label_new (group->title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  group->count_label = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (group->count_label), "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group->count_label));
  group->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (group->row), box);
  g_object_set_data (G_OBJECT (group->row), "group", group);
  gtk_list_box_append (self->list, group->row);
  g_ptr_array_add (self->groups, group);
  return group;
}

static QdImportCell *
find_cell (Group  *group,
           guint64 line,
           int     column)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (group->cells));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdImportCell) cell = g_list_model_get_item (G_LIST_MODEL (group->cells), i);

      if (qd_import_cell_is (cell, line, column))
        return cell; /* the list keeps it */
    }
  return NULL;
}

static void
fill_group (Group               *group,
            const QdRejectGroup *found,
            QdFixes             *fixes)
{
  g_autoptr (GHashTable) still = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean first = g_list_model_get_n_items (G_LIST_MODEL (group->cells)) == 0;
  guint n;

  group->count = found->count;
  g_array_unref (group->values);
  group->values = qd_rule_values_new (found->values);
  for (guint i = 0; i < found->rejects->len; i++)
    {
      const QdReject *reject = found->rejects->pdata[i];
      QdImportCell *cell = first ? NULL : find_cell (group, reject->line, reject->column);
      gboolean fixed = reject->column >= 0 && qd_fixes_get_cell (fixes, reject->line, (guint) reject->column) != NULL;

      if (cell == NULL)
        {
          cell = qd_import_cell_new (reject);
          g_ptr_array_add (fresh, cell);
        }
      g_hash_table_add (still, cell);
      qd_import_cell_set (cell, reject->found, fixed ? QD_CELL_STILL : QD_CELL_WRONG, reject->expected);
    }
  n = g_list_model_get_n_items (G_LIST_MODEL (group->cells));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdImportCell) cell = g_list_model_get_item (G_LIST_MODEL (group->cells), i);

      /* Those that were not met are mended, unless there are more than are listed. */
      if (!g_hash_table_contains (still, cell) && cell->verdict != QD_CELL_FITS && found->count <= QD_GROUP_ROWS)
        {
          const char *rule = qd_fixes_get_rule (fixes, (guint) cell->column, cell->found);

          qd_import_cell_set (cell, rule != NULL ? rule : cell->text, QD_CELL_FITS, NULL);
        }
    }
  if (fresh->len > 0)
    g_list_store_splice (group->cells, n, 0, fresh->pdata, fresh->len);
}

static void
settle_group (Group   *group,
              QdFixes *fixes)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (group->cells));

  group->count = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdImportCell) cell = g_list_model_get_item (G_LIST_MODEL (group->cells), i);
      const char *rule = cell->column >= 0 ? qd_fixes_get_rule (fixes, (guint) cell->column, cell->found) : NULL;

      if (cell->verdict != QD_CELL_FITS)
        qd_import_cell_set (cell, rule != NULL ? rule : cell->text, QD_CELL_FITS, NULL);
    }
}

static void
show_counts (QdImportCheckStep *self)
{
  QdFormat *format = qd_import_assistant_get_format (get_assistant (self));

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];
      g_autofree char *count = qd_format_count (format, (gint64) group->count);
      g_autofree char *name = g_strdup_printf ("%s, %s", group->title, count);

      gtk_label_set_text (group->count_label, group->count > 0 ? count : "✓");
      gtk_accessible_update_property (GTK_ACCESSIBLE (group->row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/* Rules of the column */

static void
forget_rule_cb (GtkButton         *button,
                QdImportCheckStep *self)
{
  QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));

  if (self->current == NULL || self->current->column < 0)
    return;
  qd_fixes_set_rule (plan->fixes, (guint) self->current->column, g_object_get_data (G_OBJECT (button), "from"), NULL);
  recheck_soon (self, 0);
}

static void
show_rules (QdImportCheckStep *self)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));
  GtkWidget *child;
  g_autoptr (GPtrArray) from = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rules))) != NULL)
    gtk_box_remove (self->rules, child);
  if (self->current == NULL || self->current->column < 0)
    return;
  from = qd_fixes_list_rules (plan->fixes, (guint) self->current->column);
  for (guint i = 0; i < from->len; i++)
    {
      const char *old = from->pdata[i];
      const char *new = qd_fixes_get_rule (plan->fixes, (guint) self->current->column, old);
      g_autofree char *text = *new == 0   ? g_strdup_printf (_("“%s” is read as missing"), old)
                              : *old == 0 ? g_strdup_printf (_("Blank cells are read as “%s”"), new)
                                          /* Translators: what stands in the cells, what it is read as */
                                          : g_strdup_printf (_("“%s” is read as “%s”"), old, new);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *label = gtk_label_new (text);
      GtkWidget *button = gtk_button_new_with_label (_("Take Back"));
      g_autofree char *name = g_strdup_printf (_("Take Back: %s"), text);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data_full (G_OBJECT (button), "from", g_strdup (old), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (forget_rule_cb), self);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), button);
      gtk_widget_add_css_class (box, "import-note");
      gtk_box_append (self->rules, box);
    }
}

static void
rule_cb (const char *from,
         const char *to,
         gpointer    data)
{
  QdImportCheckStep *self = data;
  QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));

  if (self->current == NULL || self->current->column < 0)
    return;
  qd_fixes_set_rule (plan->fixes, (guint) self->current->column, from, to);
  show_rules (self);
  recheck_soon (self, 0);
}

static void
show_group (QdImportCheckStep *self,
            Group             *group)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));
  QdFormat *format = qd_import_assistant_get_format (get_assistant (self));
  guint shown;
  g_autofree char *repair = NULL;
  g_autofree char *more = NULL;

  self->current = group;
  if (group == NULL)
    return;
  gtk_label_set_text (self->title, group->title);
  if (*group->expected != 0 && group->column >= 0)
    /* Translators: what belongs in a cell, what to do */
    repair = g_strdup_printf (_("Expected: %s. %s"), group->expected, qd_import_problem_repair (group->code));
  else
    repair = g_strdup (qd_import_problem_repair (group->code));
  gtk_label_set_text (self->repair, repair);
  if (gtk_no_selection_get_model (self->selection) != G_LIST_MODEL (group->cells))
    gtk_no_selection_set_model (self->selection, G_LIST_MODEL (group->cells));
  shown = g_list_model_get_n_items (G_LIST_MODEL (group->cells));
  if (group->count > shown)
    {
      g_autofree char *some = qd_format_count (format, shown);
      g_autofree char *all = qd_format_count (format, (gint64) group->count);

      /* Translators: how many are listed, how many there are */
      more = g_strdup_printf (_("The first %s of %s; more come when these are mended."), some, all);
      gtk_label_set_text (self->more, more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->rule), group->column >= 0 && group->values->len > 0);
  if (group->column >= 0)
    {
      int field = qd_kind_find_field (plan->kind, group->field);
      gboolean required = field >= 0 && plan->kind->fields[field].required;

      gtk_menu_button_set_popover (self->rule, qd_import_rule_new (group->values, !required, format, rule_cb, self));
    }
  show_rules (self);
}

static void
selected_cb (GtkListBox        *list,
             GtkListBoxRow     *row,
             QdImportCheckStep *self)
{
  if (row != NULL)
    show_group (self, g_object_get_data (G_OBJECT (row), "group"));
}

static void
forget_groups (QdImportCheckStep *self)
{
  GtkListBoxRow *row;

  self->current = NULL;
  gtk_no_selection_set_model (self->selection, NULL);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->groups, 0);
}

static void
take_groups (QdImportCheckStep    *self,
             const QdImportResult *result,
             const QdImportPlan   *plan)
{
  g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < result->groups->len; i++)
    {
      const QdRejectGroup *found = result->groups->pdata[i];
      Group *group = find_group (self, found);

      if (group == NULL)
        group = add_group (self, found, plan->kind);
      g_hash_table_add (met, group);
      fill_group (group, found, plan->fixes);
    }
  for (guint i = 0; i < self->groups->len; i++)
    if (!g_hash_table_contains (met, self->groups->pdata[i]))
      settle_group (self->groups->pdata[i], plan->fixes);
}

static void
show (QdImportStep *step)
{
  QdImportCheckStep *self = (QdImportCheckStep *) step;
  QdImportAssistant *assistant = get_assistant (self);
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  const QdImportResult *result = qd_import_assistant_get_result (assistant);
  g_autoptr (QdImportCheckState) state = NULL;

  if (plan == NULL || result == NULL)
    return;
  /* Nothing is mended yet: what stands here is of another look at the file. */
  if (self->plan_seen != plan || (count_fixes (self) == 0 && !self->rechecking))
    forget_groups (self);
  self->plan_seen = plan;
  self->rechecking = FALSE;
  take_groups (self, result, plan);
  show_counts (self);
  if (self->current == NULL && self->groups->len > 0)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (((Group *) self->groups->pdata[0])->row));
  else
    show_group (self, self->current);
  gtk_stack_set_visible_child_name (self->views, self->groups->len > 0 ? "groups" : "fine");
  state = qd_import_check_state_from_values (result->read, result->rejected, count_fixes (self), FALSE,
                                             qd_import_assistant_get_format (assistant));
  gtk_label_set_text (self->status, state->status);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), result->rejected > 0);
}

static QdImportNext
get_next (QdImportStep *step)
{
  QdImportCheckStep *self = (QdImportCheckStep *) step;
  QdImportAssistant *assistant = get_assistant (self);
  const QdImportResult *result = qd_import_assistant_get_result (assistant);
  g_autoptr (QdImportCheckState) state = NULL;
  QdImportNext next;

  if (result == NULL)
    return (QdImportNext) { FALSE, g_strdup (_("_Next")), NULL };
  state = qd_import_check_state_from_values (result->read, result->rejected, count_fixes (self),
                                             qd_import_assistant_is_busy (assistant) || self->recheck != 0,
                                             qd_import_assistant_get_format (assistant));
  gtk_label_set_text (self->status, state->status);
  next = state->next;
  state->next = (QdImportNext) { FALSE, NULL, NULL };
  return next;
}

static GtkWidget *
get_focus (QdImportStep *step)
{
  QdImportCheckStep *self = (QdImportCheckStep *) step;

  return self->current != NULL ? self->current->row : NULL;
}

/* Rows */

typedef struct
{
  QdImportCheckStep *step;
  GtkLabel *line, *verdict;
  GtkEntry *entry;
  QdImportCell *cell;    /* while bound */
  gulong changed;
  gboolean filling;
} Widgets;

static void
fill_widgets (Widgets *widgets)
{
  QdImportCell *cell = widgets->cell;
  g_autofree char *line = g_strdup_printf (_("Line %" PRIu64), cell->line);
  g_autofree char *verdict = NULL;
  g_autofree char *name = NULL;
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (widgets->entry), GTK_TYPE_BOX);

  widgets->filling = TRUE;
  gtk_label_set_text (widgets->line, line);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (widgets->entry)), cell->text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (widgets->entry), cell->text);
  gtk_widget_set_visible (GTK_WIDGET (widgets->entry), cell->column >= 0);
  if (cell->verdict == QD_CELL_FITS)
    verdict = g_strdup (*cell->text == 0 && cell->column >= 0 ? _("✓ Read as missing") : _("✓ Fits"));
  else
    verdict = g_strdup_printf (_("Expected: %s"), cell->expected);
  gtk_label_set_text (widgets->verdict, verdict);
  gtk_widget_set_tooltip_text (GTK_WIDGET (widgets->verdict), verdict);
  if (cell->verdict == QD_CELL_FITS)
    {
      gtk_widget_add_css_class (GTK_WIDGET (widgets->verdict), "good");
      gtk_widget_remove_css_class (GTK_WIDGET (widgets->entry), "warning");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (widgets->verdict), "good");
      gtk_widget_add_css_class (GTK_WIDGET (widgets->entry), "warning");
    }
  name = g_strdup_printf ("%s, %s, %s", line, cell->text, verdict);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widgets->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, line,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, verdict, -1);
  if (row != NULL && gtk_widget_get_parent (row) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  widgets->filling = FALSE;
}

static void
cell_changed_cb (QdImportCell *cell,
                 Widgets      *widgets)
{
  fill_widgets (widgets);
}

/* Typed: what the cell by itself tells at once; the other rows a moment later. */
static void
typed_cb (GtkEditable *editable,
          Widgets     *widgets)
{
  QdImportCheckStep *self = widgets->step;
  QdImportCell *cell = widgets->cell;
  QdImportPlan *plan = qd_import_assistant_get_plan (get_assistant (self));
  const QdInspection *inspection = qd_import_assistant_get_inspection (get_assistant (self));
  const char *text = gtk_editable_get_text (editable);
  g_autofree char *own = g_strdup (text);
  g_autofree char *expected = NULL;
  int field;

  if (widgets->filling || cell == NULL || cell->column < 0)
    return;
  field = qd_kind_find_field (plan->kind, cell->field);
  qd_fixes_set_cell (plan->fixes, cell->line, (guint) cell->column, strcmp (own, cell->found) == 0 ? NULL : own);
  expected = field >= 0 && inspection != NULL && inspection->read ? qd_inspection_check_cell (inspection, field, own) : NULL;
  if (strcmp (own, cell->found) == 0)
    qd_import_cell_set (cell, own, QD_CELL_WRONG, NULL);
  else
    qd_import_cell_set (cell, own, expected == NULL ? QD_CELL_FITS : QD_CELL_STILL, expected);
  recheck_soon (self, RECHECK_AFTER);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          QdImportCheckStep  *self)
{
  Widgets *widgets = g_new0 (Widgets, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  widgets->step = self;
  widgets->line = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_width_chars (widgets->line, 10);
  gtk_label_set_xalign (widgets->line, 0);
  gtk_widget_add_css_class (GTK_WIDGET (widgets->line), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (widgets->line), "dim-label");
  widgets->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (widgets->entry), 20);
  g_object_set (widgets->entry, "placeholder-text", _("blank"), NULL);
  widgets->verdict = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (widgets->verdict, 0);
  gtk_label_set_ellipsize (widgets->verdict, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (widgets->verdict), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (widgets->verdict), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (widgets->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (widgets->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (widgets->verdict));
  gtk_widget_add_css_class (box, "import-map-row");
  g_signal_connect (widgets->entry, "changed", G_CALLBACK (typed_cb), widgets);
  g_object_set_data_full (G_OBJECT (item), "widgets", widgets, g_free);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         QdImportCheckStep  *self)
{
  Widgets *widgets = g_object_get_data (G_OBJECT (item), "widgets");

  widgets->cell = gtk_list_item_get_item (item);
  widgets->changed = g_signal_connect (widgets->cell, "changed", G_CALLBACK (cell_changed_cb), widgets);
  fill_widgets (widgets);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           QdImportCheckStep  *self)
{
  Widgets *widgets = g_object_get_data (G_OBJECT (item), "widgets");

  g_signal_handler_disconnect (widgets->cell, widgets->changed);
  widgets->cell = NULL;
}

static GtkWidget *
make_rows (QdImportCheckStep *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->selection = gtk_no_selection_new (NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cells that do not fit"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  return scrolled;
}

static GtkWidget *
make_right (QdImportCheckStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->title = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-4");
  self->rule = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->rule, _("Fix _Whole Column"));
  gtk_menu_button_set_use_underline (self->rule, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->rule), GTK_ALIGN_CENTER);
  self->repair = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->repair, 0);
  gtk_label_set_wrap (self->repair, TRUE);
  self->rules = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->more = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->more, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->rule));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->repair));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rules));
  gtk_box_append (GTK_BOX (box), make_rows (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_left (QdImportCheckStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What does not fit"), -1);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_size_request (scrolled, 230, -1);
  self->status = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_label_set_xalign (self->status, 0);
  gtk_label_set_max_width_chars (self->status, 26);
  self->save = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Save These Rows…")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "import.save-rejected");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save), _("As a file with a column that says what is wrong, to be mended and "
                                                          "imported"));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->save));
  return box;
}

static void
qd_import_check_step_dispose (GObject *object)
{
  QdImportCheckStep *self = (QdImportCheckStep *) object;

  g_clear_handle_id (&self->recheck, g_source_remove);
  self->current = NULL;
  G_OBJECT_CLASS (qd_import_check_step_parent_class)->dispose (object);
}

static void
qd_import_check_step_finalize (GObject *object)
{
  QdImportCheckStep *self = (QdImportCheckStep *) object;

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (qd_import_check_step_parent_class)->finalize (object);
}

static void
qd_import_check_step_class_init (QdImportCheckStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qd_import_check_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_import_check_step_finalize;
  klass->show = show;
  klass->get_next = get_next;
  klass->get_focus = get_focus;
}

static void
qd_import_check_step_init (QdImportCheckStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *fine = adw_status_page_new ();

  self->groups = g_ptr_array_new_with_free_func (free_group);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (fine), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (fine), _("All Rows Fit"));
  gtk_box_append (GTK_BOX (box), make_left (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), make_right (self));
  gtk_widget_add_css_class (box, "import-page");
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, box, "groups");
  gtk_stack_add_named (self->views, fine, "fine");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->views));
}
