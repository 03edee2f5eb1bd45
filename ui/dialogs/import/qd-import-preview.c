/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-preview.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_COLUMNS 40

/* A row, as an item of the list. */
#define QD_TYPE_PREVIEW_ROW (qd_preview_row_get_type ())
G_DECLARE_FINAL_TYPE (QdPreviewRow, qd_preview_row, QD, PREVIEW_ROW, GObject)

struct _QdPreviewRow
{
  GObject parent_instance;
  guint n;
  char **texts;
  gboolean *odd;
};

G_DEFINE_FINAL_TYPE (QdPreviewRow, qd_preview_row, G_TYPE_OBJECT)

static void
qd_preview_row_finalize (GObject *object)
{
  QdPreviewRow *self = QD_PREVIEW_ROW (object);

  g_strfreev (self->texts);
  g_free (self->odd);
  G_OBJECT_CLASS (qd_preview_row_parent_class)->finalize (object);
}

static void
qd_preview_row_class_init (QdPreviewRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_preview_row_finalize;
}

static void
qd_preview_row_init (QdPreviewRow *self)
{
}

struct _QdImportPreview
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkColumnView *view;
  GListStore *rows;
  GtkLabel *more;
  AdwBin *other;
};

G_DEFINE_FINAL_TYPE (QdImportPreview, qd_import_preview, ADW_TYPE_BIN)

/**
 * qd_import_preview_dup_cell:
 * @text: a cell as it stands
 * @looks: what its column looks like
 * @order: orders in which its dates may be read
 * @decimal: decimal signs with which its numbers may be read
 * @format: how dates and numbers are written
 * @odd: (out): whether it cannot be read as its column is
 *
 * Returns: (transfer full): what it means, as far as that is known; else as it
 *   stands, in one line
 */
char *
qd_import_preview_dup_cell (const char     *text,
                            QdLooks         looks,
                            guint           order,
                            guint           decimal,
                            const QdFormat *format,
                            gboolean       *odd)
{
  gsize length = strlen (text);
  QdDay days[3];
  guint readings;
  gboolean differ;
  QdDecimal value;
  char *out;

  *odd = FALSE;
  qd_value_trim (&text, &length);
  if (length > 0 && looks == QD_LOOKS_DATE)
    {
      readings = qd_value_date_readings (text, length, days) & order;
      *odd = readings == 0;
      for (guint i = 0; i < 3; i++)
        if (readings == 1u << i || (readings == QD_ORDER_ANY && days[0] == days[1] && days[1] == days[2]))
          return qd_format_day (format, days[i]);
    }
  if (length > 0 && looks == QD_LOOKS_NUMBER)
    {
      readings = qd_value_number_readings (text, length, &differ) & decimal;
      *odd = readings == 0;
      if ((readings == QD_DECIMAL_POINT || readings == QD_DECIMAL_COMMA || (readings != 0 && !differ)) &&
          qd_value_parse_number (text, length, readings == QD_DECIMAL_COMMA ? QD_DECIMAL_COMMA : QD_DECIMAL_POINT, &value, NULL))
        {
          g_autofree char *plain = qd_decimal_to_string (value);

          return qd_format_number (format, g_ascii_strtod (plain, NULL), value.scale);
        }
    }
  out = g_strndup (text, length);
  g_strdelimit (out, "\n\r\t", ' ');
  return out;
}

static QdPreviewRow *
make_row (char              **cells,
          guint64             line,
          const QdInspection *inspection,
          guint               n,
          guint               order,
          guint               decimal,
          QdFormat           *format)
{
  QdPreviewRow *row = g_object_new (QD_TYPE_PREVIEW_ROW, NULL);

  row->n = n;
  row->texts = g_new0 (char *, n + 2);
  row->odd = g_new0 (gboolean, n + 1);
  row->texts[0] = qd_format_count (format, (gint64) line);
  for (guint c = 0; c < n; c++)
    row->texts[c + 1] = qd_import_preview_dup_cell (cells[c], inspection->columns[c].looks, order, decimal, format,
                                                    &row->odd[c + 1]);
  return row;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            data)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  if (g_object_get_data (G_OBJECT (factory), "right") != NULL)
    gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 1);
  gtk_widget_add_css_class (cell, "numeric");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            data)
{
  QdPreviewRow *row = gtk_list_item_get_item (item);
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *cell = gtk_list_item_get_child (item);
  GtkWidget *holder = gtk_widget_get_parent (cell);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), column <= row->n ? row->texts[column] : "");
  if (column <= row->n && row->odd[column])
    gtk_widget_add_css_class (cell, "import-odd");
  else
    gtk_widget_remove_css_class (cell, "import-odd");
  gtk_widget_set_tooltip_text (cell, column <= row->n && row->odd[column]
                                         ? _("This does not fit the other values of its column")
                                         : NULL);
  if (column == 0 && holder != NULL && gtk_widget_get_parent (holder) != NULL)
    {
      g_autofree char *name = g_strjoinv (", ", row->texts);

      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (holder)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
add_column (QdImportPreview *self,
            const char      *title,
            guint            index,
            gboolean         right,
            guint            width)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  if (right)
    g_object_set_data (G_OBJECT (factory), "right", (gpointer) "yes");
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (title, g_steal_pointer (&factory));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, (int) width);
  gtk_column_view_append_column (self->view, column);
}

/* Pixels, from the longest of the header and the first values. */
static guint
measure (const QdInspectedColumn *column)
{
  glong n = g_utf8_strlen (column->header, -1);

  for (guint i = 0; i < column->samples->len; i++)
    n = MAX (n, g_utf8_strlen (column->samples->pdata[i], -1));
  return (guint) CLAMP (n * 8 + 34, 80, 240);
}

static void
clear_columns (QdImportPreview *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

/**
 * qd_import_preview_show:
 * @self: a preview
 * @inspection: what was found
 * @plan: how the person wants it read
 * @format: how numbers and dates are written
 *
 * Shows the first rows.
 */
void
qd_import_preview_show (QdImportPreview    *self,
                        const QdInspection *inspection,
                        const QdImportPlan *plan,
                        QdFormat           *format)
{
  guint n = MIN (inspection->n_columns, MAX_COLUMNS);
  guint order = inspection->orders, decimal = inspection->decimals;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (plan->date_order != NULL)
    order = strcmp (plan->date_order, "dmy") == 0   ? QD_ORDER_DMY
            : strcmp (plan->date_order, "mdy") == 0 ? QD_ORDER_MDY
                                                    : QD_ORDER_YMD;
  if (plan->decimal != 0)
    decimal = plan->decimal == ',' ? QD_DECIMAL_COMMA : QD_DECIMAL_POINT;
  g_list_store_remove_all (self->rows);
  clear_columns (self);
  add_column (self, _("Line"), 0, TRUE, 64);
  for (guint c = 0; c < n; c++)
    add_column (self, *inspection->columns[c].header != 0 ? inspection->columns[c].header : _("(no name)"), c + 1,
                inspection->columns[c].looks == QD_LOOKS_NUMBER, measure (&inspection->columns[c]));
  /* Columns that leave room at the end look scrolled too far in GTK 4.8: it draws the glow of that. */
  {
    GListModel *columns = gtk_column_view_get_columns (self->view);
    g_autoptr (GtkColumnViewColumn) last = g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);

    gtk_column_view_column_set_expand (last, TRUE);
  }
  for (guint r = 0; r < inspection->rows->len; r++)
    g_ptr_array_add (rows, make_row (inspection->rows->pdata[r], g_array_index (inspection->lines, guint64, r), inspection, n,
                                     order != 0 ? order : QD_ORDER_ANY, decimal != 0 ? decimal : QD_DECIMAL_ANY, format));
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
  if (inspection->n_columns > n)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("The first %u of %u columns; the next steps show all of them.",
                    "The first %u of %u columns; the next steps show all of them.", inspection->n_columns),
          n, inspection->n_columns);

      gtk_label_set_text (self->more, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), inspection->n_columns > n);
  gtk_stack_set_visible_child_name (self->stack, "rows");
}

/**
 * qd_import_preview_show_other:
 * @self: a preview
 * @widget: what to show
 *
 * Shows something else in the rows' place, such as why there are none.
 */
void
qd_import_preview_show_other (QdImportPreview *self,
                              GtkWidget       *widget)
{
  if (adw_bin_get_child (self->other) != widget)
    adw_bin_set_child (self->other, widget);
  gtk_stack_set_visible_child_name (self->stack, "other");
}

static void
qd_import_preview_class_init (QdImportPreviewClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
qd_import_preview_init (QdImportPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection;

  self->rows = g_list_store_new (QD_TYPE_PREVIEW_ROW);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (self->rows)));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_column_view_set_show_column_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("First rows of the file"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  self->more = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
  gtk_label_set_xalign (self->more, 0);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  self->other = ADW_BIN (adw_bin_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, box, "rows");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->other), "other");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * qd_import_preview_new:
 *
 * Returns: a preview of nothing yet
 */
QdImportPreview *
qd_import_preview_new (void)
{
  return g_object_new (QD_TYPE_IMPORT_PREVIEW, NULL);
}
