/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-account-page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-account-facts.h"
#include "qd-line-dialog.h"

#define ROW_HEIGHT 36
#define MOST_ROWS 8

struct _QdAccountPage
{
  QdPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkLabel *name;
  GtkLabel *about;
  GtkBox *note;
  GtkLabel *note_label;
  GtkButton *note_button;
  GtkLabel *arr;
  GtkLabel *since;
  GtkLabel *change_title;
  GtkLabel *change;
  QdChartView *chart;
  GtkLabel *rows_title;
  GtkButton *delete_line;
  GtkStack *rows_stack;
  GtkWidget *rows_frame;
  QdTableView *rows;
  GtkLabel *fields_note;
  QdRecordList *left;
  QdRecordList *right;
  GtkLabel *origin;

  QdLineDialog *dialog;    /* nullable */
  gulong activated_handler; /* only while there is something to open */
};

G_DEFINE_FINAL_TYPE (QdAccountPage, qd_account_page, QD_TYPE_PAGE)

static void row_activated_cb (QdTableView *view, guint row, QdAccountPage *self);

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
  gtk_label_set_label (self->since, facts->since);
  gtk_label_set_label (self->change, facts->change);
  if (facts->change_month != NULL)
    /* Translators: a month, such as “Jun 2026” */
    title = g_strdup_printf (_("Last Change of ARR, %s"), facts->change_month);
  gtk_label_set_label (self->change_title, title != NULL ? title : _("Last Change of ARR"));
}

static void
show_rows (QdAccountPage        *self,
           QdSnapshot           *snapshot,
           const QdAccountFacts *facts)
{
  static const char *const editable[] = { "product", "start", "end", "mrr", "currency", "trial", "canceled_at", NULL };
  guint n = qd_table_get_n_rows (facts->rows);
  g_autofree char *title = g_strdup_printf (
      facts->lines || n == 0 ? ngettext ("%u Subscription Line", "%u Subscription Lines", n)
                             : ngettext ("%u Revenue Row", "%u Revenue Rows", n),
      n);
  gboolean edits = facts->lines && !facts->read_only;

  gtk_label_set_label (self->rows_title, title);
  gtk_stack_set_visible_child_name (self->rows_stack, n > 0 ? "rows" : "none");
  gtk_widget_set_size_request (self->rows_frame, -1, ROW_HEIGHT * ((int) MIN (n, MOST_ROWS) + 3));
  if (facts->lines && self->activated_handler == 0)
    self->activated_handler = g_signal_connect (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
  else if (!facts->lines && self->activated_handler != 0)
    g_clear_signal_handler (&self->activated_handler, self->rows);
  qd_table_view_set_editable (self->rows, edits ? editable : NULL);
  qd_table_view_set_table (self->rows, facts->rows, qd_snapshot_get_format (snapshot),
                           (const char *const *) facts->hidden);
  gtk_widget_set_visible (GTK_WIDGET (self->delete_line), edits);
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
  show_fields (self, facts);
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

/* The id of a subscription line that is shown; NULL: it is none. */
static const char *
get_line_id (QdAccountPage *self,
             guint          row)
{
  const QdAccountFacts *facts = get_facts (self);

  if (facts == NULL || !facts->lines || row >= qd_table_get_n_rows (facts->rows))
    return NULL;
  return qd_table_get_text (facts->rows, row, (guint) qd_table_find_column (facts->rows, "id"));
}

static void
cell_edited_cb (QdTableView   *view,
                guint          row,
                guint          column,
                const char    *text,
                QdAccountPage *self)
{
  const char *line = get_line_id (self, row);

  if (line != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-line", "(sss)", line,
                                qd_table_get_column (get_facts (self)->rows, column)->id, text);
}

static void
open_line (QdAccountPage *self,
           const char    *line)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_set_weak_pointer (&self->dialog, qd_line_dialog_new (qd_session_get_workspace (qd_page_get_session (QD_PAGE (self))),
                                                         line, GTK_WIDGET (self)));
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
row_activated_cb (QdTableView   *view,
                  guint          row,
                  QdAccountPage *self)
{
  const char *line = get_line_id (self, row);

  if (line != NULL)
    open_line (self, line);
}

/* The selected line, or the only one that there is. */
static const char *
find_selected (QdAccountPage *self)
{
  g_autoptr (GArray) selected = qd_table_view_dup_selected_rows (self->rows);

  if (selected->len == 1)
    return get_line_id (self, g_array_index (selected, guint, 0));
  return selected->len == 0 && get_line_id (self, 1) == NULL ? get_line_id (self, 0) : NULL;
}

static void
delete_line_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  QdAccountPage *self = QD_ACCOUNT_PAGE (widget);
  const char *line = find_selected (self);

  if (line != NULL)
    gtk_widget_activate_action (widget, "win.delete-line", "s", line);
  else
    gtk_widget_activate_action (widget, "win.say", "s", _("Select one line first"));
}

/**
 * qd_account_page_refuse:
 * @self: an account page
 * @account: (nullable): the account that was to be edited
 * @line: (nullable): or the subscription line
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
                        const char    *line,
                        const char    *field,
                        const char    *message)
{
  const QdAccountFacts *facts;

  g_return_val_if_fail (QD_IS_ACCOUNT_PAGE (self) && field != NULL && message != NULL, FALSE);

  facts = get_facts (self);
  if (line != NULL)
    return self->dialog != NULL && strcmp (qd_line_dialog_get_line (self->dialog), line) == 0 &&
           qd_line_dialog_set_error (self->dialog, field, message);
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
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_ACCOUNT_PAGE);
  G_OBJECT_CLASS (qd_account_page_parent_class)->dispose (object);
}

static void
qd_account_page_class_init (QdAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_account_page_dispose;
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
  gtk_widget_class_set_template_from_resource (widget_class, "/org/quarterdeck/Quarterdeck/ui/qd-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, name);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, about);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, note_button);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, arr);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, since);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, change_title);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, change);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, chart);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_title);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, delete_line);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows_frame);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, rows);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, fields_note);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, left);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, right);
  gtk_widget_class_bind_template_child (widget_class, QdAccountPage, origin);
  gtk_widget_class_install_action (widget_class, "account.delete-line", NULL, delete_line_action);
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
}
