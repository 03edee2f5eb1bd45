/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-report.h"

#include <glib/gi18n-lib.h>

#include "../../pages/imports/qd-import-words.h"
#include "../../widgets/qd-table-view.h"

enum
{
  NEW,
  CHANGED,
  UNCHANGED,
  CONFLICTS,
  REJECTED,
  N_COUNTS,
};

struct _QdImportReport
{
  AdwBin parent_instance;

  GtkLabel *numbers[N_COUNTS], *words[N_COUNTS];
  GtkWidget *tiles[N_COUNTS];
  GtkWidget *figures_box, *notes_box;
  GtkGrid *figures;
  GtkLabel *as_of;
  GtkListBox *notes;
  GtkWidget *changes_box, *kept_box;
  QdTableView *changes, *kept;
};

G_DEFINE_FINAL_TYPE (QdImportReport, qd_import_report, ADW_TYPE_BIN)

static void
show_counts (QdImportReport       *self,
             const QdImportResult *result,
             gboolean              committed,
             QdFormat             *format)
{
  const struct
  {
    guint64 count;
    const char *word;
  } counts[N_COUNTS] = {
    { result->imported, C_("rows", "New") },
    { result->merged, C_("rows", "Changed") },
    { result->unchanged, C_("rows", "Unchanged") },
    { result->conflicts, _("Conflicts") },
    { result->rejected, C_("rows", "Left Out") },
  };

  for (guint i = 0; i < N_COUNTS; i++)
    {
      g_autofree char *number = qd_format_count (format, (gint64) counts[i].count);
      g_autofree char *name = g_strdup_printf ("%s: %s", counts[i].word, number);

      /* they are among the changed or unchanged ones, and seldom */
      gtk_widget_set_visible (self->tiles[i], i != CONFLICTS || counts[i].count > 0);
      gtk_label_set_text (self->numbers[i], number);
      gtk_label_set_text (self->words[i], counts[i].word);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->tiles[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
show_figures (QdImportReport            *self,
              const QdImportEffectState *state)
{
  gtk_widget_set_visible (self->figures_box, state->figures->len > 0);
  qd_import_figures_show (state->figures, self->figures);
  gtk_label_set_text (self->as_of, state->as_of != NULL ? state->as_of : "");
}

static void
show_notes (QdImportReport            *self,
            const QdImportEffectState *state)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->notes, 0)) != NULL)
    gtk_list_box_remove (self->notes, GTK_WIDGET (row));
  for (guint i = 0; i < state->notes->len; i++)
    {
      GtkWidget *label = gtk_label_new (state->notes->pdata[i]);
      GtkWidget *one = gtk_list_box_row_new ();

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "import-map-row");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (one), label);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (one), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (one), GTK_ACCESSIBLE_PROPERTY_LABEL, state->notes->pdata[i], -1);
      gtk_list_box_append (self->notes, one);
    }
  gtk_widget_set_visible (self->notes_box, state->notes->len > 0);
}

static void
show_kept (QdImportReport       *self,
           const QdImportResult *result,
           const QdKind         *kind,
           QdFormat             *format)
{
  static const QdColumn columns[] = {
    { "line", N_ ("Line"), QD_COLUMN_COUNT },
    { "id", N_ ("ID"), QD_COLUMN_TEXT },
    { "field", N_ ("Field"), QD_COLUMN_TEXT },
    { "there", N_ ("Stays"), QD_COLUMN_TEXT },
    { "file", N_ ("In the File"), QD_COLUMN_TEXT },
  };
  g_autoptr (QdTable) shown = NULL;
  guint n = result->kept != NULL ? qd_table_get_n_rows (result->kept) : 0;

  gtk_widget_set_visible (self->kept_box, n > 0);
  if (n == 0)
    return;
  shown = qd_table_new ("kept", NULL, columns, G_N_ELEMENTS (columns));
  for (guint r = 0; r < n; r++)
    {
      qd_table_add_cell (shown, result->kept, r, 0);
      qd_table_add_cell (shown, result->kept, r, 1);
      qd_table_add_text (shown, qd_import_field_name_title (kind, qd_table_get_text (result->kept, r, 2)));
      qd_table_add_cell (shown, result->kept, r, 3);
      qd_table_add_cell (shown, result->kept, r, 4);
      qd_table_end_row (shown);
    }
  qd_table_view_set_table (self->kept, shown, format, NULL);
}

/**
 * qd_import_report_show:
 * @self: a report
 * @result: the account of the rows
 * @state: what is said about them
 * @kind: the kind of data
 * @committed: whether it was done
 * @format: how numbers are written
 *
 * Shows the account of an import.
 */
void
qd_import_report_show (QdImportReport            *self,
                       const QdImportResult      *result,
                       const QdImportEffectState *state,
                       const QdKind              *kind,
                       gboolean                   committed,
                       QdFormat                  *format)
{
  show_counts (self, result, committed, format);
  show_figures (self, state);
  show_notes (self, state);
  show_kept (self, result, kind, format);
  gtk_widget_set_visible (self->changes_box, result->changes != NULL && qd_table_get_n_rows (result->changes) > 0);
  if (result->changes != NULL)
    {
      g_autoptr (QdTable) changes = qd_import_describe_changes (result->changes);

      qd_table_view_set_table (self->changes, changes, format, NULL);
    }
}

static void
qd_import_report_class_init (QdImportReportClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_section (const char *title,
              GtkWidget  *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), content);
  return box;
}

static GtkWidget *
make_counts (QdImportReport *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < N_COUNTS; i++)
    {
      GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

      self->tiles[i] = tile;
      self->numbers[i] = GTK_LABEL (gtk_label_new (""));
      gtk_label_set_ellipsize (self->numbers[i], PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), "title-2");
      gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), "numeric");
      self->words[i] = GTK_LABEL (gtk_label_new (""));
      gtk_widget_add_css_class (GTK_WIDGET (self->words[i]), "dim-label");
      gtk_label_set_ellipsize (self->words[i], PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (tile), GTK_WIDGET (self->numbers[i]));
      gtk_box_append (GTK_BOX (tile), GTK_WIDGET (self->words[i]));
      gtk_widget_add_css_class (tile, "card");
      gtk_widget_add_css_class (tile, "import-tile");
      gtk_box_append (GTK_BOX (box), tile);
    }
  return box;
}

static void
qd_import_report_init (QdImportReport *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->figures = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->figures, 24);
  gtk_grid_set_row_spacing (self->figures, 8);
  self->as_of = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->as_of, 0);
  gtk_label_set_wrap (self->as_of, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->as_of), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->as_of), "caption");
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->figures));
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->as_of));
  gtk_widget_add_css_class (inside, "card");
  gtk_widget_add_css_class (inside, "import-tile");
  self->figures_box = make_section (_("Effect on the Figures"), inside);
  self->notes = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->notes, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->notes), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notes), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Good to Know"), -1);
  self->notes_box = make_section (_("Good to Know"), GTK_WIDGET (self->notes));
  self->changes = QD_TABLE_VIEW (qd_table_view_new ());
  qd_table_view_set_title (self->changes, _("Changes of Rows That Are There"));
  gtk_widget_set_size_request (GTK_WIDGET (self->changes), -1, 260);
  gtk_widget_add_css_class (GTK_WIDGET (self->changes), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self->changes), GTK_OVERFLOW_HIDDEN);
  self->changes_box = make_section (_("Changes of Rows That Are There"), GTK_WIDGET (self->changes));
  gtk_box_append (GTK_BOX (box), make_counts (self));
  gtk_box_append (GTK_BOX (box), self->figures_box);
  gtk_box_append (GTK_BOX (box), self->changes_box);
  self->kept = QD_TABLE_VIEW (qd_table_view_new ());
  qd_table_view_set_title (self->kept, _("Conflicts: What Stays as It Is"));
  gtk_widget_set_size_request (GTK_WIDGET (self->kept), -1, 220);
  gtk_widget_add_css_class (GTK_WIDGET (self->kept), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self->kept), GTK_OVERFLOW_HIDDEN);
  self->kept_box = make_section (_("Conflicts: What Stays as It Is"), GTK_WIDGET (self->kept));
  gtk_box_append (GTK_BOX (box), self->kept_box);
  gtk_box_append (GTK_BOX (box), self->notes_box);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * qd_import_report_new:
 *
 * Returns: a report of nothing yet
 */
QdImportReport *
qd_import_report_new (void)
{
  return g_object_new (QD_TYPE_IMPORT_REPORT, NULL);
}
