/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-account-page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../widgets/qd-spoken-box.h"
#include "../../widgets/qd-wrap-layout.h"
#include "qd-account-facts.h"
#include "qd-add-row-dialog.h"
#include "qd-row-dialog.h"

#define ROW_HEIGHT 36
#define MOST_ROWS 8

struct _QdAccountPage
{
  QdPage parent_instance;

  GtkScrolledWindow *scroller;
  QdSpokenBox *head;
  GtkLabel *name;
  GtkLabel *about;
  GtkBox *note;
  GtkLabel *note_label;
  GtkButton *note_button;
  GtkLabel *arr;
  GtkLabel *since_title;
  GtkLabel *since;
  GtkLabel *breaks;
  GtkLabel *change_title;
  GtkLabel *change;
  QdChartView *chart;
  GtkLabel *rows_title;
  GtkWidget *add_row;
  GtkWidget *delete_row;
  GtkStack *rows_stack;
  GtkWidget *rows_frame;
  QdTableView *rows;
  GtkLabel *fields_note;
  QdRecordList *left;
  QdRecordList *right;
  GtkLabel *origin;

  QdRowDialog *dialog;    /* nullable */
  char *shown;            /* nullable: id of the customer on screen */
};

G_DEFINE_FINAL_TYPE (QdAccountPage, qd_account_page, QD_TYPE_PAGE)

static void update_delete (QdAccountPage *self);

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  return qd_account_facts_compute (snapshot, detail, job, error);
}

static const QdAccountFacts *
get_facts (QdAccountPage *self)
{
  return qd_page_get_result (QD_PAGE (self));
}

static void
show_head (QdAccountPage        *self,
           const QdAccountFacts *facts)
{
  g_autofree char *title = NULL;
  g_autofree char *spoken = NULL;

  gtk_label_set_label (self->name, facts->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), facts->name);
  gtk_label_set_label (self->about, facts->about);
  gtk_widget_set_visible (GTK_WIDGET (self->note), facts->implied || facts->read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->note_button), !facts->read_only);
  gtk_label_set_label (self->note_label,
                       facts->read_only ? _("The workspace is open for reading only, so nothing can be edited here.")
                                        : _("Other data mention this account, but no list of accounts has brought it yet. Import "
                                            "accounts, or enter its name below."));
  gtk_label_set_label (self->arr, facts->arr);
  gtk_label_set_label (self->since_title, facts->former ? _("Customer") : _("Customer Since"));
  gtk_label_set_label (self->since, facts->since);
  gtk_label_set_label (self->breaks, facts->breaks != NULL ? facts->breaks : "");
  gtk_widget_set_visible (GTK_WIDGET (self->breaks), facts->breaks != NULL);
  gtk_label_set_label (self->change, facts->change);
  if (facts->change_month != NULL)
    /* Translators: a month, such as “Jun 2026” */
    title = g_strdup_printf (_("Last Change of ARR, %s"), facts->change_month);
  gtk_label_set_label (self->change_title, title != NULL ? title : _("Last Change of ARR"));
  /* Who it is comes first to whoever does not see it, with the figures, which cannot take the focus. */
  spoken = g_strdup_printf ("%s: %s %s, %s %s%s%s, %s %s", facts->name, _("ARR"), facts->arr,
                            gtk_label_get_label (self->since_title), facts->since, facts->breaks != NULL ? ", " : "",
                            gtk_label_get_label (self->breaks), gtk_label_get_label (self->change_title), facts->change);
  qd_spoken_box_set_words (self->head, spoken);
}

static void
show_rows (QdAccountPage        *self,
           QdSnapshot           *snapshot,
           const QdAccountFacts *facts)
{
  guint n = qd_table_get_n_rows (facts->rows);
  g_autofree char *count = qd_format_count (qd_snapshot_get_format (snapshot), n);
  g_autofree char *title = g_strdup_printf (
      facts->lines || n == 0 ? ngettext ("%s Subscription Line", "%s Subscription Lines", n)
                             : ngettext ("%s Revenue Row", "%s Revenue Rows", n),
      count);

  gtk_label_set_label (self->rows_title, title);
  gtk_stack_set_visible_child_name (self->rows_stack, n > 0 ? "rows" : "none");
  gtk_widget_set_size_request (self->rows_frame, -1, ROW_HEIGHT * ((int) MIN (n, MOST_ROWS) + 3));
  qd_table_view_set_editable (self->rows, facts->read_only ? NULL : (const char *const *) facts->editable);
  qd_table_view_set_table (self->rows, facts->rows, qd_snapshot_get_format (snapshot),
                           (const char *const *) facts->hidden);
  gtk_widget_set_visible (self->add_row, !facts->read_only);
  gtk_widget_set_visible (self->delete_row, n > 0 && !facts->read_only);
}

static void
show_fields (QdAccountPage        *self,
             const QdAccountFacts *facts)
{
  g_autofree char *note = NULL;
  guint left = (facts->n_fields + 1) / 2;

  if (facts->n_empty == 0)
    note = g_strdup (facts->read_only ? "" : _("Return applies a value, Esc takes back what was typed."));
  else if (facts->read_only)
    note = g_strdup_printf (ngettext ("%u attribute is empty.", "%u attributes are empty.", facts->n_empty), facts->n_empty);
  else
    note = g_strdup_printf (
        ngettext ("%u attribute is empty. Return applies a value, Esc takes back what was typed.",
                  "%u attributes are empty. Return applies a value, Esc takes back what was typed.", facts->n_empty),
        facts->n_empty);
  gtk_label_set_label (self->fields_note, note);
  qd_record_list_set_editable (self->left, !facts->read_only);
  qd_record_list_set_editable (self->right, !facts->read_only);
  qd_record_list_set_record (self->left, facts->record, facts->n_fixed_first, left);
  qd_record_list_set_record (self->right, facts->record, facts->n_fixed_first + left, facts->n_fields - left);
  gtk_label_set_label (self->origin, facts->origin != NULL ? facts->origin : _("Entered by hand"));
  gtk_widget_set_visible (GTK_WIDGET (self->origin), facts->origin != NULL || !facts->implied);
}

/* Another customer begins at the top, and never in a field: what is typed next would be an edit of somebody else. */
static void
begin (QdAccountPage *self)
{
  GtkWidget *page = GTK_WIDGET (self);
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, page);
  GtkWidget *next;

  if (focused)
    gtk_root_set_focus (root, NULL);
  /* Nor does what was half typed stay. */
  qd_record_list_set_record (self->left, get_facts (self)->record, 0, 0);
  qd_record_list_set_record (self->right, get_facts (self)->record, 0, 0);
  /* Pages remember where the focus was, and Tab would go on from there. */
  for (GtkWidget *widget = page; widget != NULL; widget = next)
    {
      next = gtk_widget_get_focus_child (widget);
      gtk_widget_set_focus_child (widget, NULL);
    }
  if (focused)
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  qd_table_view_restore_state (self->rows, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (page);
  const QdAccountFacts *facts = result;

  show_head (self, facts);
  qd_chart_view_set_spec (self->chart, facts->chart);
  show_rows (self, snapshot, facts);
  if (g_strcmp0 (self->shown, facts->id) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (facts->id);
      begin (self);
    }
  show_fields (self, facts);
  update_delete (self);
}

static char *
dup_title (QdPage *page)
{
  const QdAccountFacts *facts = get_facts (QD_ACCOUNT_PAGE (page));

  return facts != NULL && strcmp (facts->id, qd_page_get_detail (page)) == 0 ? g_strdup (facts->name) : NULL;
}

static char *
save_state (QdPage *page)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (page);

  return g_strdup_printf ("%d", (int) gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)));
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (page);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), (double) g_ascii_strtoll (state, NULL, 10));
}

static QdChartView *
get_chart (QdPage *page)
{
  return QD_ACCOUNT_PAGE (page)->chart;
}

static QdTableView *
get_table (QdPage *page)
{
  return QD_ACCOUNT_PAGE (page)->rows;
}

/* Editing: asked for, never done here. */

static void
field_edited_cb (QdRecordList  *list,
                 const char    *field,
                 const char    *value,
                 QdAccountPage *self)
{
  const QdAccountFacts *facts = get_facts (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-account", "(sss)", facts->id, field, value);
}

/* How the workspace calls a row that is shown; NULL: there is none. */
static const char *
get_key (QdAccountPage *self,
         guint          row)
{
  const QdAccountFacts *facts = get_facts (self);

  return facts != NULL && row < facts->keys->len ? facts->keys->pdata[row] : NULL;
}

static void
cell_edited_cb (QdTableView   *view,
                guint          row,
                guint          column,
                const char    *text,
                QdAccountPage *self)
{
  const char *key = get_key (self, row);
  const char *field = key != NULL ? qd_account_facts_find_field (get_facts (self), row, column) : NULL;

  if (field != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-row", "(sss)", key, field, text);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("This row has no such field"));
}

static QdWorkspace *
get_workspace (QdAccountPage *self)
{
  return qd_session_get_workspace (qd_page_get_session (QD_PAGE (self)));
}

static void
row_activated_cb (QdTableView   *view,
                  guint          row,
                  QdAccountPage *self)
{
  const char *key = get_key (self, row);

  if (key == NULL)
    return;
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_set_weak_pointer (&self->dialog, qd_row_dialog_new (get_workspace (self), key, GTK_WIDGET (self)));
  gtk_window_present (GTK_WINDOW (self->dialog));
}

/* The selected row, or the only one that there is. */
static const char *
find_selected (QdAccountPage *self)
{
  g_autoptr (GArray) selected = qd_table_view_dup_selected_rows (self->rows);

  if (selected->len == 1)
    return get_key (self, g_array_index (selected, guint, 0));
  return selected->len == 0 && get_key (self, 1) == NULL ? get_key (self, 0) : NULL;
}

static void
update_delete (QdAccountPage *self)
{
  const QdAccountFacts *facts = get_facts (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.delete-row",
                                 facts != NULL && !facts->read_only && find_selected (self) != NULL);
}

static void
delete_row_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (widget);
  const QdAccountFacts *facts = get_facts (self);
  const char *key = find_selected (self);

  if (facts != NULL && !facts->read_only && key != NULL)
    gtk_widget_activate_action (widget, "win.delete-row", "s", key);
}

static void
add_row_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (widget);
  const QdAccountFacts *facts = get_facts (self);

  if (facts != NULL && !facts->read_only)
    gtk_window_present (GTK_WINDOW (qd_add_row_dialog_new (get_workspace (self), facts->id, facts->name,
                                                           g_variant_get_string (parameter, NULL), widget)));
}

/**
 * qd_account_page_refuse:
 * @self: an account page
 * @account: (nullable): the account that was to be edited
 * @key: (nullable): or the revenue row
 * @field: the field
 * @message: why not
 *
 * Says that an edit was refused, beside what was typed.
 *
 * Returns: `FALSE` when the page has no place for it
 */
gboolean
qd_account_page_refuse (QdAccountPage *self,
                        const char    *account,
                        const char    *key,
                        const char    *field,
                        const char    *message)
{
  const QdAccountFacts *facts;

  g_return_val_if_fail (QD_IS_ACCOUNT_PAGE (self) && field != NULL && message != NULL, FALSE);

  facts = get_facts (self);
  if (key != NULL)
    return self->dialog != NULL && strcmp (qd_row_dialog_get_key (self->dialog), key) == 0 &&
           qd_row_dialog_set_error (self->dialog, field, message);
  if (facts == NULL || account == NULL || strcmp (facts->id, account) != 0)
    return FALSE;
  return qd_record_list_set_error (self->left, field, message) || qd_record_list_set_error (self->right, field, message);
}

static void
qd_account_page_dispose (GObject *object)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (object);

  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  G_OBJECT_CLASS (qd_account_page_parent_class)->dispose (object);
}

static void
qd_account_page_finalize (GObject *object)
{
  g_free (QD_ACCOUNT_PAGE (object)->shown);
  G_OBJECT_CLASS (qd_account_page_parent_class)->finalize (object);
}

static void
qd_account_page_class_init (QdAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_account_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_account_page_finalize;
  page_class->compute = compute;
  page_class->result_free = (GDestroyNotify) qd_account_facts_free;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->dup_title = dup_title;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_chart = get_chart;
  page_class->get_table = get_table;
  g_type_ensure (QD_TYPE_RECORD_LIST);
  g_type_ensure (QD_TYPE_SPOKEN_BOX);
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  qd_page_class_set_template (page_class, "qd-account-page");
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, head);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, name);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, about);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note_button);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, arr);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, since_title);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, since);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, breaks);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, change_title);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, change);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, chart);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_title);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, delete_row);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, add_row);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_frame);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, fields_note);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, left);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, right);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, origin);
  gtk_widget_class_install_action (widget_class, "account.delete-row", NULL, delete_row_action);
  gtk_widget_class_install_action (widget_class, "account.add-row", "s", add_row_action);
}

/* What can be done with a row, where the rows are: the key Delete, and their menu. */
static void
add_row_actions (QdAccountPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("account.delete-row")));
  gtk_widget_add_controller (GTK_WIDGET (self->rows), keys);
  g_menu_append (menu, _("_Delete"), "account.delete-row");
  qd_table_view_set_row_menu (self->rows, G_MENU_MODEL (menu));
}

static void
qd_account_page_init (QdAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  qd_record_list_set_title (self->left, _("Attributes"));
  qd_record_list_set_title (self->right, _("More attributes"));
  qd_table_view_set_title (self->rows, _("Revenue rows"));
  qd_table_view_set_layout_id (self->rows, "account-lines");
  qd_chart_view_set_chart_name (self->chart, "account");
  qd_chart_view_set_metrics (self->chart, "arr");
  g_signal_connect (self->left, "edited", G_CALLBACK (field_edited_cb), self);
  g_signal_connect (self->right, "edited", G_CALLBACK (field_edited_cb), self);
  g_signal_connect (self->rows, "cell-edited", G_CALLBACK (cell_edited_cb), self);
  g_signal_connect (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->rows, "selection-changed", G_CALLBACK (update_delete), self);
  add_row_actions (self);
}
