/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-findings-page.h"

#include <glib/gi18n-lib.h>

#include "../qd-moment.h"
#include "../rows/qd-row-list.h"
#include "qd-checkup.h"

struct _QdFindingsPage
{
  QdPage parent_instance;

  QdRowList *list;
};

G_DEFINE_FINAL_TYPE (QdFindingsPage, qd_findings_page, QD_TYPE_PAGE)

typedef struct
{
  QdFinding *finding;
  QdTable *table;        /* nullable: its records, with what their customers are worth */
  gint64 *arr;           /* by row of the table; NULL: they are no customers */
} Records;

static void
free_records (gpointer data)
{
  Records *records = data;

  qd_finding_free (records->finding);
  g_clear_pointer (&records->table, qd_table_unref);
  g_free (records->arr);
  g_free (records);
}

/* The records, and after the customer its ARR: what is worth mending first. */
static QdTable *
add_arr (QdTable      *from,
         const QdBook *book,
         const gint64 *arr)
{
  static const QdColumn column = { "arr", N_ ("ARR"), QD_COLUMN_MONEY };
  guint n = qd_table_get_n_columns (from);
  guint at = (guint) qd_table_find_column (from, "name") + 1;
  g_autofree QdColumn *columns = g_new (QdColumn, n + 1);
  QdTable *table;

  for (guint i = 0; i < n + 1; i++)
    columns[i] = i == at ? column : *qd_table_get_column (from, i - (i > at));
  table = qd_table_new (qd_table_get_id (from), qd_book_get_currency (book), columns, n + 1);
  for (guint row = 0; row < qd_table_get_n_rows (from); row++)
    {
      for (guint i = 0; i < n + 1; i++)
        if (i == at)
          qd_table_add_integer (table, arr[row]);
        else
          qd_table_add_cell (table, from, row, i - (i > at));
      qd_table_end_row (table);
    }
  return table;
}

/* No part of the scope: records are counted as the check counts them, and customers at the end of the data. */
static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  QdBook *book = qd_snapshot_get_book (snapshot);
  QdFinding *finding = qd_workspace_check_one (qd_snapshot_get_workspace (snapshot), detail, job, error);
  Records *records;

  if (finding == NULL)
    return NULL;
  records = g_new0 (Records, 1);
  records->finding = finding;
  if (finding->records == NULL)
    return records;
  records->arr = qd_row_list_find_arr (snapshot, finding->records, qd_book_get_last_month (book));
  records->table = records->arr != NULL && qd_table_find_column (finding->records, "name") >= 0
                       ? add_arr (finding->records, book, records->arr)
                       : qd_table_ref (finding->records);
  return records;
}

static gboolean
is_empty (QdPage  *page,
          gpointer result)
{
  return ((Records *) result)->table == NULL;
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  static const char *const no_sums[] = { NULL };
  QdFindingsPage *self = QD_FINDINGS_PAGE (page);
  const Records *records = result;
  QdFormat *format = qd_snapshot_get_format (snapshot);
  g_autofree char *count = qd_format_count (format, (gint64) records->finding->count);
  g_autofree char *message = qd_moment_localize (format, records->finding->message);

  qd_row_list_set_figure (self->list, _("Data Quality"), count, message);
  qd_row_list_set_table (self->list, records->table, format, no_sums, records->arr, records->finding->code,
                         qd_page_get_detail (page));
}

static char *
dup_title (QdPage *page)
{
  g_auto (GStrv) parts = g_strsplit (qd_page_get_detail (page), ":", 2);

  /* Of a check that is not known the title is its own id. */
  return g_strdup (_(qd_checkup_get_title (parts[0] != NULL ? parts[0] : "")));
}

static char *
save_state (QdPage *page)
{
  return qd_table_view_save_state (qd_row_list_get_view (QD_FINDINGS_PAGE (page)->list));
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  qd_table_view_restore_state (qd_row_list_get_view (QD_FINDINGS_PAGE (page)->list), state);
}

static QdTableView *
get_table (QdPage *page)
{
  return qd_row_list_get_view (QD_FINDINGS_PAGE (page)->list);
}

static void
qd_findings_page_class_init (QdFindingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_records;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->dup_title = dup_title;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_table = get_table;
  g_type_ensure (QD_TYPE_ROW_LIST);
  qd_page_class_set_template (page_class, "qd-findings-page");
  gtk_widget_class_bind_template_child (widget_class, QdFindingsPage, list);
}

static void
qd_findings_page_init (QdFindingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  qd_page_set_empty (QD_PAGE (self), "object-select-symbolic", N_ ("Nothing of This Kind Any More"),
                     N_ ("The data was mended: this check finds nothing."), N_ ("_Data Quality"), "win.go::quality");
}
