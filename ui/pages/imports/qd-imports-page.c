/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-imports-page.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/base/qd-field-title.h"
#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../widgets/qd-wrap-layout.h"
#include "../activity/qd-activity-entry.h"
#include "../qd-moment.h"
#include "qd-import-figures.h"
#include "qd-import-words.h"

#define NO_BREAK_SPACE "\302\240"

struct _QdImportsPage
{
  QdPage parent_instance;

  GtkStack *stack;           /* "list", "batch" */
  QdTableView *list;
  GtkLabel *file, *when, *counts, *state;
  GtkGrid *options, *figures;
  GtkLabel *as_of;
  GtkButton *undo, *save;
  GtkStack *ledger;          /* "rows", "fine" */
  QdTableView *rows;
};

G_DEFINE_FINAL_TYPE (QdImportsPage, qd_imports_page, QD_TYPE_PAGE)

typedef struct
{
  gint64 batch;              /* 0: the list */
  QdTable *imports;          /* as the workspace has them, oldest first */
  QdTable *list;             /* as they are shown, newest first */
  guint row;                 /* of the batch */
  QdTable *rows;
  char *options;
  gint64 turn;               /* the entry that is to be undone or redone, 0: none can be */
  gboolean by_redo;          /* it was undone last; what was undone earlier comes back by undoing its undoing */
} Imports;

static void
free_imports (gpointer data)
{
  Imports *imports = data;

  g_clear_pointer (&imports->imports, qd_table_unref);
  g_clear_pointer (&imports->list, qd_table_unref);
  g_clear_pointer (&imports->rows, qd_table_unref);
  g_free (imports->options);
  g_free (imports);
}

enum
{
  ID,
  TIME,
  KIND,
  SOURCE,
  SHA256,
  READ,
  IMPORTED,
  MERGED,
  UNCHANGED,
  REJECTED,
  UNDONE,
  FILE_NAME,
};

/* Of the rows of one import. */
#define FIELD_NAME 3

static gboolean
is_undone (const QdTable *table,
           guint          row)
{
  return strcmp (qd_table_get_text (table, row, UNDONE), "yes") == 0;
}

/* The cells of one import: of which month, and what it did to the figures; missing where nobody knows. */
static void
add_effect (QdTable        *list,
            const QdTable  *imports,
            guint           row,
            const QdFormat *format)
{
  QdImportEffect effect;
  gboolean computed = qd_workspace_read_effect (imports, row, &effect);
  QdMonth month = effect.as_of_after != QD_MONTH_NONE ? effect.as_of_after : effect.as_of_before;
  const QdRate rates[][2] = { { effect.nrr_before, effect.nrr_after }, { effect.grr_before, effect.grr_after } };
  g_autofree char *name = month != QD_MONTH_NONE ? qd_format_month (format, month) : NULL;

  qd_table_add_text (list, !computed ? _("Not computed") : name != NULL ? name : _("No revenue yet"));
  if (month != QD_MONTH_NONE)
    qd_table_add_integer (list, effect.arr_after - effect.arr_before);
  else
    qd_table_add_missing (list);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *change = NULL;

      if (rates[i][0].defined && rates[i][1].defined)
        change = qd_format_points (format, rates[i][1].value - rates[i][0].value);
      qd_table_add_text (list, change);
    }
}

static QdTable *
make_list (QdTable        *imports,
           const QdFormat *format)
{
  static const QdColumn columns[] = {
    { "import", N_ ("No."), QD_COLUMN_COUNT },         { "file", N_ ("File"), QD_COLUMN_TEXT },
    { "kind", N_ ("Kind"), QD_COLUMN_TEXT },           { "state", N_ ("State"), QD_COLUMN_TEXT },
    { "day", N_ ("Day"), QD_COLUMN_DAY },              { "time", N_ ("Time"), QD_COLUMN_TEXT },
    { "as-of", N_ ("Figures As Of"), QD_COLUMN_TEXT }, { "arr", N_ ("ARR Change"), QD_COLUMN_MONEY },
    { "nrr", N_ ("NRR Change"), QD_COLUMN_TEXT },      { "grr", N_ ("GRR Change"), QD_COLUMN_TEXT },
    { "read", N_ ("Read"), QD_COLUMN_COUNT },
    { "imported", N_ ("Imported"), QD_COLUMN_COUNT },  { "merged", N_ ("Merged"), QD_COLUMN_COUNT },
    { "unchanged", N_ ("Unchanged"), QD_COLUMN_COUNT }, { "rejected", N_ ("Rejected"), QD_COLUMN_COUNT },
    { "source", N_ ("Source"), QD_COLUMN_TEXT },       { "sha256", N_ ("SHA-256"), QD_COLUMN_TEXT },
  };
  QdTable *list = qd_table_new ("imports", qd_table_get_currency (imports), columns, G_N_ELEMENTS (columns));

  for (guint r = qd_table_get_n_rows (imports); r-- > 0;)
    {
      gint64 time = qd_moment_parse (qd_table_get_text (imports, r, TIME));
      g_autofree char *clock = qd_moment_format_clock (time);
      g_autofree char *kind = qd_import_describe_kind (qd_table_get_text (imports, r, KIND));

      qd_table_add_integer (list, qd_table_get_integer (imports, r, ID));
      qd_table_add_text (list, qd_table_get_text (imports, r, FILE_NAME));
      qd_table_add_text (list, kind);
      qd_table_add_text (list, is_undone (imports, r) ? _("Undone") : _("In use"));
      qd_table_add_integer (list, qd_moment_get_day (time));
      qd_table_add_text (list, clock);
      add_effect (list, imports, r, format);
      for (guint c = READ; c <= REJECTED; c++)
        qd_table_add_integer (list, qd_table_get_integer (imports, r, c));
      qd_table_add_text (list, qd_table_get_text (imports, r, SOURCE));
      qd_table_add_text (list, qd_table_get_text (imports, r, SHA256));
      qd_table_end_row (list);
    }
  return list;
}

static QdTable *
describe_rows (QdTable *rows)
{
  static const QdColumn columns[] = {
    { "line", N_ ("Line"), QD_COLUMN_COUNT },       { "outcome", N_ ("Outcome"), QD_COLUMN_TEXT },
    { "reason", N_ ("Reason"), QD_COLUMN_TEXT },    { "field", N_ ("Field"), QD_COLUMN_TEXT },
    { "found", N_ ("Found"), QD_COLUMN_TEXT },      { "expected", N_ ("Expected"), QD_COLUMN_TEXT },
    { "record", N_ ("Row of the File"), QD_COLUMN_TEXT },
  };
  static const guint order[] = { FIELD_NAME, 5, 4, 6 }; /* of the texts behind the reason */
  QdTable *described = qd_table_new ("import-rows", NULL, columns, G_N_ELEMENTS (columns));

  for (guint r = 0; r < qd_table_get_n_rows (rows); r++)
    {
      const char *code = qd_table_get_text (rows, r, 2);

      qd_table_add_integer (described, qd_table_get_integer (rows, r, 0));
      qd_table_add_text (described,
                         strcmp (qd_table_get_text (rows, r, 1), "rejected") == 0 ? _("Rejected") : _("Merged"));
      qd_table_add_text (described, code != NULL && *code != '\0' ? qd_import_describe_reason (code) : NULL);
      for (guint i = 0; i < G_N_ELEMENTS (order); i++)
        {
          const char *text = qd_table_get_text (rows, r, order[i]);

          if (text == NULL || *text == '\0')
            qd_table_add_missing (described);
          else
            qd_table_add_text (described, order[i] == FIELD_NAME ? qd_field_title (text) : text);
        }
      qd_table_end_row (described);
    }
  return described;
}

static gboolean
find_turn (QdWorkspace *workspace,
           Imports     *imports,
           GError     **error)
{
  g_autoptr (GPtrArray) items = qd_activity_list (workspace, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      QdActivityEntry *item = items->pdata[i];
      const QdHistoryEntry *entry = qd_activity_entry_get (item);

      if (entry->kind != QD_HISTORY_IMPORT || entry->batch != imports->batch)
        continue;
      imports->turn = qd_activity_entry_get_turn_target (item);
      imports->by_redo = qd_activity_entry_get_turn (item) == QD_TURN_REDO;
    }
  return TRUE;
}

static gboolean
read_batch (QdWorkspace *workspace,
            Imports     *imports,
            GError     **error)
{
  g_autoptr (QdTable) rows = qd_workspace_get_import_rows (workspace, imports->batch, error);

  if (rows == NULL)
    return FALSE;
  imports->rows = describe_rows (rows);
  imports->options = qd_workspace_dup_import_options (workspace, imports->batch, error);
  if (imports->options == NULL)
    return FALSE;
  for (guint r = 0; r < qd_table_get_n_rows (imports->imports); r++)
    if (qd_table_get_integer (imports->imports, r, ID) == imports->batch)
      imports->row = r;
  return find_turn (workspace, imports, error);
}

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  QdWorkspace *workspace = qd_snapshot_get_workspace (snapshot);
  Imports *imports = g_new0 (Imports, 1);

  imports->batch = g_ascii_strtoll (detail, NULL, 10);
  imports->imports = qd_workspace_get_imports (workspace, error);
  if (imports->imports == NULL || (imports->batch > 0 && !read_batch (workspace, imports, error)))
    {
      free_imports (imports);
      return NULL;
    }
  imports->list = make_list (imports->imports, qd_snapshot_get_format (snapshot));
  return imports;
}

static gboolean
is_empty (QdPage  *page,
          gpointer result)
{
  return qd_table_get_n_rows (((const Imports *) result)->imports) == 0;
}

/* --- one import --- */

static void
show_options (QdImportsPage *self,
              const char    *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GtkWidget *old;
  gboolean mapped = FALSE;
  int row = 0;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->options))) != NULL)
    gtk_grid_remove (self->options, old);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_str_has_prefix (lines[i], "map ") ? lines[i] + 4 : lines[i];
      g_auto (GStrv) parts = g_strsplit (line, "=", 2);
      GtkWidget *key, *value;

      if (parts[0] == NULL || parts[1] == NULL)
        continue;
      if (line != lines[i] && !mapped)
        {
          GtkWidget *heading = gtk_label_new (_("Columns"));

          mapped = TRUE;
          gtk_label_set_xalign (GTK_LABEL (heading), 0);
          gtk_widget_add_css_class (heading, "heading");
          gtk_grid_attach (self->options, heading, 0, row++, 2, 1);
        }
      key = gtk_label_new (mapped ? qd_field_title (parts[0]) : qd_import_describe_option (parts[0]));
      value = gtk_label_new (mapped ? parts[1] : qd_import_describe_value (parts[0], parts[1]));
      gtk_label_set_xalign (GTK_LABEL (key), 0);
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (value), 40);
      gtk_widget_set_tooltip_text (value, gtk_label_get_label (GTK_LABEL (value)));
      gtk_label_set_selectable (GTK_LABEL (value), TRUE);
      gtk_widget_add_css_class (key, "dim-label");
      gtk_grid_attach (self->options, key, 0, row, 1, 1);
      gtk_grid_attach (self->options, value, 1, row++, 1, 1);
    }
}

/* A line never ends between a number and what it counts. Takes @text. */
static char *
keep_together (char *text)
{
  g_autofree char *owned = text;
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == ' ' && p > text && g_ascii_isdigit (p[-1]))
      g_string_append (out, NO_BREAK_SPACE);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static char *
describe_counts (const Imports *imports,
                 QdFormat      *format)
{
  char *counts[5];
  char *text;

  for (guint i = 0; i < 5; i++)
    counts[i] = qd_format_count (format, qd_table_get_integer (imports->imports, imports->row, READ + i));
  /* Translators: what became of the rows of a file; five numbers that add up. */
  text = g_strdup_printf (_("%s read = %s imported + %s merged + %s unchanged + %s rejected"), counts[0], counts[1],
                          counts[2], counts[3], counts[4]);
  for (guint i = 0; i < 5; i++)
    g_free (counts[i]);
  return keep_together (text);
}

static void
show_effect (QdImportsPage *self,
             QdFormat      *format,
             const Imports *imports)
{
  QdImportEffect effect;
  gboolean computed = qd_workspace_read_effect (imports->imports, imports->row, &effect);
  g_autoptr (GArray) figures = qd_import_figures_new (&effect, format);
  g_autofree char *months = qd_import_figures_describe_months (&effect, format);

  qd_import_figures_show (figures, self->figures);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), figures->len > 0);
  if (!computed)
    gtk_label_set_label (self->as_of, _("What this import did to ARR, NRR and GRR was not computed."));
  else
    gtk_label_set_label (self->as_of, months != NULL ? months : _("There was no recurring revenue yet, before or after it."));
}

static void
show_batch (QdImportsPage *self,
            QdFormat      *format,
            const Imports *imports)
{
  QdTable *table = imports->imports;
  guint row = imports->row;
  gboolean undone = is_undone (table, row);
  const char *source = qd_table_get_text (table, row, SOURCE);
  g_autofree char *kind = qd_import_describe_kind (qd_table_get_text (table, row, KIND));
  g_autofree char *moment = qd_moment_format (format, qd_moment_parse (qd_table_get_text (table, row, TIME)));
  g_autofree char *hash = g_strndup (qd_table_get_text (table, row, SHA256), 12);
  g_autofree char *when = NULL;
  g_autofree char *counts = describe_counts (imports, format);

  if (source != NULL && *source != '\0')
    /* Translators: kind of data, moment, the system it came from, the first digits of the file's hash */
    when = g_strdup_printf (_("%s · %s · source %s · SHA-256 %s…"), kind, moment, source, hash);
  else
    when = g_strdup_printf (_("%s · %s · SHA-256 %s…"), kind, moment, hash);
  gtk_label_set_label (self->file, qd_table_get_text (table, row, FILE_NAME));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), qd_table_get_text (table, row, FILE_NAME));
  gtk_label_set_label (self->when, when);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when), qd_table_get_text (table, row, SHA256));
  gtk_label_set_label (self->counts, counts);
  gtk_widget_set_visible (GTK_WIDGET (self->state), undone);
  gtk_label_set_label (self->state, _("This import was undone: its rows are not counted."));
  gtk_widget_set_visible (GTK_WIDGET (self->undo), imports->turn != 0);
  gtk_button_set_label (self->undo, undone ? _("_Redo Import") : _("_Undo Import"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->undo), "x", imports->turn);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo), imports->by_redo ? "win.redo-entry" : "win.undo-entry");
  show_options (self, imports->options);
  show_effect (self, format, imports);
  gtk_widget_set_visible (GTK_WIDGET (self->save), qd_table_get_integer (table, row, REJECTED) > 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->save), "(xs)", imports->batch,
                                    qd_table_get_text (table, row, FILE_NAME));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "win.save-rejected");
  gtk_stack_set_visible_child_name (self->ledger, qd_table_get_n_rows (imports->rows) > 0 ? "rows" : "fine");
  qd_table_view_set_title (self->rows, _("Rows that were rejected or merged"));
  qd_table_view_set_table (self->rows, imports->rows, format, NULL);
}

/* Columns that have nothing to tell make room for those that have. */
static GStrv
find_hidden (QdTable *list)
{
  static const char *const counts[] = { "merged", "unchanged" };
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  int state = qd_table_find_column (list, "state");
  gboolean undone = FALSE;

  /* The page of one import tells all of its effect. */
  g_strv_builder_add_many (hidden, "import", "time", "as-of", "nrr", "grr", "source", "sha256", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      int column = qd_table_find_column (list, counts[i]);
      gboolean any = FALSE;

      for (guint r = 0; r < qd_table_get_n_rows (list); r++)
        any = any || qd_table_get_integer (list, r, (guint) column) != 0;
      if (!any)
        g_strv_builder_add (hidden, counts[i]);
    }
  for (guint r = 0; r < qd_table_get_n_rows (list); r++)
    undone = undone || strcmp (qd_table_get_text (list, r, (guint) state), _("Undone")) == 0;
  if (!undone)
    g_strv_builder_add (hidden, "state");
  return g_strv_builder_end (hidden);
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  static const char *const sums[] = { "read", "imported", "rejected", NULL };
  QdImportsPage *self = QD_IMPORTS_PAGE (page);
  const Imports *imports = result;
  QdFormat *format = qd_snapshot_get_format (snapshot);

  if (imports->batch > 0)
    {
      show_batch (self, format, imports);
    }
  else
    {
      g_auto (GStrv) hidden = find_hidden (imports->list);

      qd_table_view_set_title (self->list, _("Imports"));
      qd_table_view_set_sums (self->list, sums);
      qd_table_view_set_table (self->list, imports->list, format, (const char *const *) hidden);
    }
  gtk_stack_set_visible_child_name (self->stack, imports->batch > 0 ? "batch" : "list");
}

static QdTableView *
get_table (QdPage *page)
{
  QdImportsPage *self = QD_IMPORTS_PAGE (page);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "batch") == 0 ? self->rows : self->list;
}

static char *
save_state (QdPage *page)
{
  return qd_table_view_save_state (get_table (page));
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  qd_table_view_restore_state (get_table (page), state);
}

static char *
dup_title (QdPage *page)
{
  const char *detail = qd_page_get_detail (page);

  /* Translators: title of the page about one import; its number. */
  return *detail != '\0' ? g_strdup_printf (_("Import %s"), detail) : NULL;
}

static void
import_activated_cb (QdTableView   *view,
                     guint          row,
                     QdImportsPage *self)
{
  g_autofree char *batch = g_strdup_printf ("%" PRId64, qd_table_get_integer (qd_table_view_get_table (view), row, 0));

  qd_session_go (qd_page_get_session (QD_PAGE (self)), "imports", batch, NULL);
}

static void
qd_imports_page_class_init (QdImportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_imports;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->dup_title = dup_title;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_table = get_table;
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  qd_page_class_set_template (page_class, "qd-imports-page");
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, list);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, file);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, when);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, counts);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, state);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, options);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, as_of);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, undo);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, save);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, ledger);
  gtk_widget_class_bind_template_child (widget_class, QdImportsPage, rows);
  gtk_widget_class_bind_template_callback (widget_class, import_activated_cb);
}

static void
qd_imports_page_init (QdImportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  qd_page_set_empty (QD_PAGE (self), "document-open-symbolic", N_ ("No Imports Yet"),
                     N_ ("Files of accounts, subscriptions, monthly revenue or movements are listed here once they are "
                         "imported, with what became of each row."),
                     N_ ("_Import…"), "win.import");
}
