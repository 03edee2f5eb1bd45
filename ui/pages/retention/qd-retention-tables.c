/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-retention-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../../data/metrics/qd-dimension.h"
#include "../../../data/metrics/qd-drill.h"

#define MAX_GROUPS 200

static void
add_rate (QdTable *table,
          QdRate   rate)
{
  if (rate.defined)
    qd_table_add_rate (table, rate.value);
  else
    qd_table_add_missing (table);
}

/* As in the chart: losses below zero. */
static void
add_losses (QdTable *table,
            QdRate   headwind)
{
  add_rate (table, (QdRate){ headwind.value != 0 ? -headwind.value : 0, headwind.defined });
}

QdTable *
qd_retention_tables_make_trend (const QdRetentions *retentions,
                                const char         *currency,
                                GArray             *drills)
{
  static const QdColumn columns[] = {
    { "month", N_("Month"), QD_COLUMN_MONTH },
    { "nrr", N_("NRR"), QD_COLUMN_RATE },
    { "grr", N_("GRR"), QD_COLUMN_RATE },
    { "logo_retention", N_("Customer retention"), QD_COLUMN_RATE },
    { "tailwind", N_("Gains"), QD_COLUMN_RATE },
    { "headwind", N_("Losses"), QD_COLUMN_RATE },
    { "start", N_("ARR at start"), QD_COLUMN_MONEY },
    { "end", N_("ARR at end"), QD_COLUMN_MONEY },
    { "accounts_start", N_("Customers at start"), QD_COLUMN_COUNT },
    { "accounts_retained", N_("Customers retained"), QD_COLUMN_COUNT },
    { "open", N_("Open period"), QD_COLUMN_TEXT },
  };
  gboolean open = retentions->rows->len > 0 && g_array_index (retentions->rows, QdRetention, retentions->rows->len - 1).window.open;
  QdTable *table = qd_table_new ("retention-trend", currency, columns, G_N_ELEMENTS (columns) - (open ? 0 : 1));

  for (guint i = retentions->rows->len; i > 0; i--)
    {
      const QdRetention *row = &g_array_index (retentions->rows, QdRetention, i - 1);
      QdDrill drill;

      /* As in the chart: what has no base says nothing. */
      if (!row->nrr.defined && !row->logo_retention.defined)
        continue;
      qd_table_add_integer (table, row->window.last);
      add_rate (table, row->nrr);
      add_rate (table, row->grr);
      add_rate (table, row->logo_retention);
      add_rate (table, row->tailwind);
      add_losses (table, row->headwind);
      qd_table_add_money (table, 12 * row->start);
      qd_table_add_money (table, 12 * row->end);
      qd_table_add_count (table, row->accounts_start);
      qd_table_add_count (table, row->accounts_retained);
      if (open)
        qd_table_add_text (table, row->window.open ? _("open") : "");
      qd_table_end_row (table);
      qd_drill_init_shown (&drill, "nrr", row->window);
      g_array_append_val (drills, drill);
    }
  return table;
}

static const QdRetention *
find_group (const QdRetentions *retentions,
            const char         *group)
{
  for (guint i = 0; i < retentions->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (retentions->rows, QdRetention, i);

      if (strcmp (row->group, group) == 0)
        return row;
    }
  return NULL;
}

QdTable *
qd_retention_tables_make_groups (const QdRetentions *now,
                                 const QdRetentions *before,
                                 const char         *dimension,
                                 const char         *currency,
                                 GPtrArray          *values)
{
  static const QdColumn plain[] = {
    { "group", NULL, QD_COLUMN_TEXT },
    { "nrr", N_("NRR"), QD_COLUMN_RATE },
    { "nrr_before", N_("NRR before"), QD_COLUMN_RATE },
    { "grr", N_("GRR"), QD_COLUMN_RATE },
    { "grr_before", N_("GRR before"), QD_COLUMN_RATE },
    { "logo_retention", N_("Customer retention"), QD_COLUMN_RATE },
    { "tailwind", N_("Gains"), QD_COLUMN_RATE },
    { "headwind", N_("Losses"), QD_COLUMN_RATE },
    { "start", N_("ARR at start"), QD_COLUMN_MONEY },
    { "end", N_("ARR at end"), QD_COLUMN_MONEY },
    { "accounts_start", N_("Customers at start"), QD_COLUMN_COUNT },
    { "accounts_retained", N_("Customers retained"), QD_COLUMN_COUNT },
  };
  QdColumn columns[G_N_ELEMENTS (plain)];
  g_autofree char *title = qd_dimension_dup_title (dimension);
  guint n = 0;
  QdTable *table;

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (before != NULL || !g_str_has_suffix (plain[i].id, "_before"))
      columns[n++] = plain[i];
  columns[0].title = g_intern_string (title);
  table = qd_table_new ("retention-groups", currency, columns, n);
  for (guint i = 0; i < now->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (now->rows, QdRetention, i);
      const QdRetention *old = before != NULL ? find_group (before, row->group) : NULL;
      const QdRate nothing = { 0, FALSE };

      if (row->accounts_start == 0 && row->end == 0)
        continue;
      qd_table_add_text (table, *row->group != '\0' ? row->group : _("(blank)"));
      add_rate (table, row->nrr);
      if (before != NULL)
        add_rate (table, old != NULL ? old->nrr : nothing);
      add_rate (table, row->grr);
      if (before != NULL)
        add_rate (table, old != NULL ? old->grr : nothing);
      add_rate (table, row->logo_retention);
      add_rate (table, row->tailwind);
      add_losses (table, row->headwind);
      qd_table_add_money (table, 12 * row->start);
      qd_table_add_money (table, 12 * row->end);
      qd_table_add_count (table, row->accounts_start);
      qd_table_add_count (table, row->accounts_retained);
      qd_table_end_row (table);
      g_ptr_array_add (values, (gpointer) row->group);
    }
  return table;
}

GPtrArray *
qd_retention_tables_list_dimensions (const QdBook *book)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < qd_book_get_n_dimensions (book); i++)
    {
      /* Value 0 is the blank. */
      guint n = qd_book_get_n_values (book, i);

      if (n > 2 && n <= MAX_GROUPS + 1)
        g_ptr_array_add (names, g_strdup (qd_book_get_dimension_name (book, i)));
    }
  if (qd_book_get_n_products (book) > 1 && qd_book_get_n_products (book) <= MAX_GROUPS)
    g_ptr_array_add (names, g_strdup ("product"));
  return names;
}
