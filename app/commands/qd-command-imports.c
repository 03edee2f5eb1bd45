/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-output.h"
#include "qd-terminal.h"
#include "qd-undo.h"

static const QdOption options[] = {
  { "undo", QD_OPTION_VALUE, "ID", N_ ("Take an import back, for good; its rows and what it overwrote") },
  QD_UNDO_WITH_LATER,
  { NULL },
};

static void
add_cell (QdListing     *listing,
          const QdTable *table,
          guint          row,
          const char    *column)
{
  qd_listing_take (listing, qd_output_dup_cell (table, row, (guint) qd_table_find_column (table, column)));
}

static const char *
get_text (const QdTable *table,
          guint          row,
          const char    *column)
{
  return qd_table_get_text (table, row, (guint) qd_table_find_column (table, column));
}

/* Without the checksum, which "table imports" has, and in local time. */
static void
print_list (QdInvocation  *invocation,
            const QdTable *table)
{
  g_autoptr (QdListing) listing =
      qd_listing_new (_(">id"), _("time"), _("kind"), _("file"), _(">rows"), _(">imported"), _(">merged"),
                      _(">unchanged"), _(">rejected"), _("state"), NULL);

  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    {
      const char *source = get_text (table, i, "source");
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (get_text (table, i, "time"), NULL);
      g_autofree char *file = *source != '\0' ? g_strdup_printf ("%s (%s)", get_text (table, i, "file"), source)
                                              : g_strdup (get_text (table, i, "file"));

      add_cell (listing, table, i, "id");
      qd_listing_take (listing, time != NULL ? qd_terminal_format_time (g_date_time_to_unix (time)) : g_strdup ("–"));
      qd_listing_add (listing, get_text (table, i, "kind"));
      qd_listing_add (listing, file);
      add_cell (listing, table, i, "rows");
      add_cell (listing, table, i, "imported");
      add_cell (listing, table, i, "merged");
      add_cell (listing, table, i, "unchanged");
      add_cell (listing, table, i, "rejected");
      qd_listing_add (listing, strcmp (get_text (table, i, "undone"), "yes") == 0 ? _("undone") : "");
    }
  qd_listing_print (listing, qd_invocation_get_output (invocation));
}

/* What each did to the figures, as it was kept with it; imports that nobody knows it of are not here. */
static void
print_effects (QdInvocation  *invocation,
               const QdTable *table)
{
  static const char *const columns[] = {
    "id", "month_after", "arr_before", "arr_after", "nrr_before", "nrr_after", "grr_before", "grr_after",
  };
  g_autoptr (QdListing) listing = qd_listing_new (_(">id"), _("as of"), _(">ARR before"), _(">ARR after"), _(">NRR before"),
                                                  _(">NRR after"), _(">GRR before"), _(">GRR after"), NULL);
  GString *out = qd_invocation_get_output (invocation);
  gboolean any = FALSE;

  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    {
      QdImportEffect effect;

      if (!qd_workspace_read_effect (table, i, &effect))
        continue;
      any = TRUE;
      for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
        add_cell (listing, table, i, columns[c]);
    }
  if (!any)
    return;
  g_string_append_printf (out, "\n%s\n", _("Effect of each import on the figures then:"));
  qd_listing_print (listing, out);
  g_string_append_printf (out, _("Amounts in %s."), qd_table_get_currency (table));
  g_string_append (out, "\n");
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdTable) table = NULL;
  gboolean undo;

  if (!qd_undo_is_wanted (invocation, &undo, error))
    return FALSE;
  if (undo)
    return qd_undo_run (invocation, TRUE, error);
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  table = qd_workspace_get_imports (workspace, error);
  if (table == NULL)
    return FALSE;
  if (qd_table_get_n_rows (table) == 0)
    qd_invocation_print (invocation, "%s\n", _("Nothing has been imported yet."));
  else
    {
      print_list (invocation, table);
      print_effects (invocation, table);
    }
  return TRUE;
}

const QdCommand qd_imports_command = {
  .name = "imports",
  .arguments = "WORKSPACE",
  .summary = N_ ("List what was imported, or take an import back"),
  .least_arguments = 1,
  .most_arguments = 1,
  .options = options,
  .run = run,
};
