/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-row-list.h"

#include <glib/gi18n-lib.h>

#include "../../widgets/qd-template.h"
#include "../qd-analytic.h"

struct _QdRowList
{
  GtkBox parent_instance;

  GtkLabel *what, *value, *made;
  GtkWidget *chosen;
  GtkLabel *chosen_label;
  GtkWidget *edit;
  QdTableView *view;
  QdTable *table;
  gint64 *arr;         /* by row of the table */
  char *place;         /* what is on screen */
};

G_DEFINE_FINAL_TYPE (QdRowList, qd_row_list, GTK_TYPE_BOX)

enum
{
  PROP_LAYOUT_ID = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* QD_BOOK_NONE: the row is about no account of the book. */
static guint32
find_account (QdTable *table,
              guint    row,
              int      column,
              QdBook  *book)
{
  return qd_table_is_missing (table, row, (guint) column)
             ? QD_BOOK_NONE
             : qd_book_find_account (book, qd_table_get_text (table, row, (guint) column));
}

gint64 *
qd_row_list_find_arr (QdSnapshot *snapshot,
                    QdTable    *table,
                    QdMonth     as_of)
{
  QdBook *book = qd_snapshot_get_book (snapshot);
  int column = qd_table_find_column (table, "account");
  g_autofree gint64 *of = column >= 0 ? qd_analytic_dup_arr (snapshot, as_of) : NULL;
  guint n = qd_table_get_n_rows (table);
  gint64 *arr;

  if (of == NULL)
    return NULL;
  arr = g_new0 (gint64, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      guint32 account = find_account (table, i, column, book);

      if (account != QD_BOOK_NONE)
        arr[i] = of[account];
    }
  return arr;
}

/* A customer with several rows counts once. */
static gint64
sum_selected (QdRowList *self,
              GArray   *selected)
{
  guint column = (guint) qd_table_find_column (self->table, "account");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 sum = 0;

  for (guint i = 0; i < selected->len; i++)
    {
      guint row = g_array_index (selected, guint, i);

      if (!qd_table_is_missing (self->table, row, column) &&
          g_hash_table_add (seen, (gpointer) qd_table_get_text (self->table, row, column)))
        sum += self->arr[row];
    }
  return sum;
}

/* "3 customers selected, $12,400 ARR", and what can be done with them. */
static void
show_chosen (QdRowList *self)
{
  QdFormat *format = qd_table_view_get_format (self->view);
  g_autoptr (GArray) selected = qd_table_view_dup_selected_rows (self->view);
  g_autofree char *count = NULL;
  g_autofree char *arr = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->chosen, self->arr != NULL && selected->len > 0);
  if (self->arr == NULL || selected->len == 0)
    return;
  count = qd_format_count (format, selected->len);
  arr = qd_analytic_format_exact (format, sum_selected (self, selected));
  /* Translators: the number of selected customers, and their annual recurring revenue: "3 selected, $12,400 ARR". */
  text = g_strdup_printf (ngettext ("%1$s selected, %2$s ARR", "%1$s selected, %2$s ARR", selected->len), count, arr);
  gtk_label_set_label (self->chosen_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The table of the next result is set before what its rows are worth. */
static void
selection_changed_cb (QdTableView *view,
                      QdRowList    *self)
{
  if (self->table != NULL && self->table == qd_table_view_get_table (view))
    show_chosen (self);
}

static void
row_activated_cb (QdTableView *view,
                  guint        row,
                  QdRowList    *self)
{
  QdTable *table = qd_table_view_get_table (view);
  int column = qd_table_find_column (table, "account");

  if (column >= 0 && !qd_table_is_missing (table, row, (guint) column))
    gtk_widget_activate_action (GTK_WIDGET (view), "win.open-account", "s",
                                qd_table_get_text (table, row, (guint) column));
}

void
qd_row_list_set_figure (QdRowList  *self,
                        const char *what,
                        const char *value,
                        const char *made)
{
  g_return_if_fail (QD_IS_ROW_LIST (self));

  gtk_label_set_label (self->what, what);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->what), what);
  gtk_label_set_label (self->value, value);
  gtk_label_set_label (self->made, made);
  qd_table_view_set_title (self->view, what);
}

void
qd_row_list_set_table (QdRowList         *self,
                       QdTable           *table,
                       QdFormat          *format,
                       const char *const *sums,
                       const gint64      *arr,
                       const char        *kind,
                       const char        *place)
{
  static const char *const hidden[] = { "account", NULL };

  g_return_if_fail (QD_IS_ROW_LIST (self) && table != NULL);

  qd_table_view_set_sums (self->view, sums);
  qd_table_view_set_order_id (self->view, kind);
  qd_table_view_set_table (self->view, table, format, qd_table_find_column (table, "account") >= 0 ? hidden : NULL);
  if (g_strcmp0 (self->place, place) != 0)
    {
      g_free (self->place);
      self->place = g_strdup (place);
      qd_table_view_restore_state (self->view, NULL);
    }
  g_clear_pointer (&self->table, qd_table_unref);
  g_free (self->arr);
  self->table = qd_table_ref (table);
  self->arr = arr != NULL ? g_memdup2 (arr, qd_table_get_n_rows (table) * sizeof *arr) : NULL;
  show_chosen (self);
}

QdTableView *
qd_row_list_get_view (QdRowList *self)
{
  g_return_val_if_fail (QD_IS_ROW_LIST (self), NULL);
  return self->view;
}

static void
qd_row_list_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (id == PROP_LAYOUT_ID)
    qd_table_view_set_layout_id (QD_ROW_LIST (object)->view, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qd_row_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_ROW_LIST);
  G_OBJECT_CLASS (qd_row_list_parent_class)->dispose (object);
}

static void
qd_row_list_finalize (GObject *object)
{
  QdRowList *self = QD_ROW_LIST (object);

  g_clear_pointer (&self->table, qd_table_unref);
  g_free (self->arr);
  g_free (self->place);
  G_OBJECT_CLASS (qd_row_list_parent_class)->finalize (object);
}

static void
qd_row_list_class_init (QdRowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = qd_row_list_set_property;
  object_class->dispose = qd_row_list_dispose;
  object_class->finalize = qd_row_list_finalize;
  properties[PROP_LAYOUT_ID] =
      g_param_spec_string ("layout-id", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  qd_template_set (widget_class, "qd-row-list");
  gtk_widget_class_bind_template_child (widget_class, QdRowList, what);
  gtk_widget_class_bind_template_child (widget_class, QdRowList, value);
  gtk_widget_class_bind_template_child (widget_class, QdRowList, made);
  gtk_widget_class_bind_template_child (widget_class, QdRowList, chosen);
  gtk_widget_class_bind_template_child (widget_class, QdRowList, chosen_label);
  gtk_widget_class_bind_template_child (widget_class, QdRowList, edit);
  gtk_widget_class_bind_template_child_full (widget_class, "table", FALSE, G_STRUCT_OFFSET (QdRowList, view));
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
}

static void
qd_row_list_init (QdRowList *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_menu_append (menu, _("_Edit Customers…"), "win.edit-customers");
  qd_table_view_set_row_menu (self->view, G_MENU_MODEL (menu));
}
