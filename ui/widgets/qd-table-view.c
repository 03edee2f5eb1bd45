/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-table-view.h"

struct _QdTableView
{
  GtkWidget parent_instance;

  QdTable *table;
  QdFormat *format;
};

G_DEFINE_FINAL_TYPE (QdTableView, qd_table_view, GTK_TYPE_WIDGET)

static void
qd_table_view_finalize (GObject *object)
{
  QdTableView *self = QD_TABLE_VIEW (object);

  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  G_OBJECT_CLASS (qd_table_view_parent_class)->finalize (object);
}

static void
qd_table_view_class_init (QdTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_table_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  g_signal_new ("row-activated", QD_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_UINT);
}

static void
qd_table_view_init (QdTableView *self)
{
}

GtkWidget *
qd_table_view_new (void)
{
  return g_object_new (QD_TYPE_TABLE_VIEW, NULL);
}

void
qd_table_view_set_table (QdTableView       *self,
                         QdTable           *table,
                         QdFormat          *format,
                         const char *const *hidden)
{
  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  self->table = qd_table_ref (table);
  self->format = qd_format_ref (format);
}

QdTable *
qd_table_view_get_table (QdTableView *self)
{
  return self->table;
}

QdFormat *
qd_table_view_get_format (QdTableView *self)
{
  return self->format;
}

QdTable *
qd_table_view_dup_selection (QdTableView *self)
{
  return qd_table_ref (self->table);
}
