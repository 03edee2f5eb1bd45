/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-tip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* More would be a table. */
#define MAX_ROWS 10

enum
{
  COLUMN_SWATCH,
  COLUMN_NAME,
  COLUMN_VALUE,
  COLUMN_BEFORE,
  COLUMN_YEAR,
  N_COLUMNS,
};

struct _QdChartTip
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  GtkGrid *grid;
  GtkLabel *cells[MAX_ROWS + 1][N_COLUMNS]; /* made when first needed; the first row is headings */
  GtkLabel *notes;
  GtkLabel *hint;
  PangoAttrList *bold;   /* not a style class: a label whose text stays does not notice it */
};

G_DEFINE_FINAL_TYPE (QdChartTip, qd_chart_tip, GTK_TYPE_WIDGET)

static void
set_cell (QdChartTip *self,
          int         row,
          int         column,
          const char *text,
          gboolean    bold,
          gboolean    markup)
{
  GtkLabel **cell = &self->cells[row][column];

  if (*cell == NULL)
    {
      if (text == NULL)
        return;
      *cell = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (*cell, column <= COLUMN_NAME ? 0 : 1);
      if (column == COLUMN_NAME)
        {
          gtk_label_set_ellipsize (*cell, PANGO_ELLIPSIZE_MIDDLE);
          gtk_label_set_max_width_chars (*cell, 28);
          gtk_widget_set_hexpand (GTK_WIDGET (*cell), TRUE);
        }
      else
        {
          gtk_widget_add_css_class (GTK_WIDGET (*cell), "numeric");
        }
      if (row == 0 || column >= COLUMN_BEFORE)
        gtk_widget_add_css_class (GTK_WIDGET (*cell), row == 0 ? "caption" : "dim-label");
      gtk_grid_attach (self->grid, GTK_WIDGET (*cell), column, row, 1, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (*cell), text != NULL);
  if (text == NULL)
    return;
  if (markup)
    gtk_label_set_markup (*cell, text);
  else
    gtk_label_set_label (*cell, text);
  gtk_label_set_attributes (*cell, bold ? self->bold : NULL);
}

static void
clear_row (QdChartTip *self,
           int         row)
{
  for (int c = 0; c < N_COLUMNS; c++)
    set_cell (self, row, c, NULL, FALSE, FALSE);
}

typedef struct
{
  int series;
  guint panel;
  double value;
} Row;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->panel != y->panel)
    return x->panel < y->panel ? -1 : 1;
  return x->value > y->value ? -1 : x->value < y->value ? 1 : x->series - y->series;
}

/* The series that have a value there, sorted by it. */
static GArray *
collect_rows (QdChartSpec *spec,
              int          series,
              int          place,
              guint32      hidden)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  QdChartKind kind = qd_chart_spec_get_kind (spec);
  guint n = qd_chart_spec_get_n_series (spec);

  if (kind != QD_CHART_TIME && kind != QD_CHART_SPARKLINE)
    {
      g_array_append_vals (rows, &(Row){ .series = series }, 1);
      return rows;
    }
  for (guint i = 0; i < n; i++)
    {
      Row row = { (int) i, qd_chart_spec_get_panel (spec, i), qd_chart_spec_get_value (spec, i, (guint) place) };

      if (isfinite (row.value) && !(i < 32 && hidden & (1u << i)))
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  /* The one that is meant is always there. */
  while (rows->len > MAX_ROWS)
    g_array_remove_index (rows, g_array_index (rows, Row, rows->len - 1).series == series ? rows->len - 2 : rows->len - 1);
  return rows;
}

static char *
dup_swatch (QdChartSpec        *spec,
            const QdChartTheme *theme,
            int                 series)
{
  QdColor color = qd_chart_theme_get_tone (theme, qd_chart_spec_get_tone (spec, (guint) series));

  return g_strdup_printf ("<span foreground=\"#%02x%02x%02x\">%s</span>", (guint) lrint (color.r * 255),
                          (guint) lrint (color.g * 255), (guint) lrint (color.b * 255),
                          qd_chart_spec_is_line (spec, (guint) series) ? "●" : "■");
}

static void
show_row (QdChartTip         *self,
          QdChartSpec        *spec,
          const QdChartTheme *theme,
          int                 row,
          int                 series,
          int                 place,
          gboolean            meant)
{
  QdChartKind kind = qd_chart_spec_get_kind (spec);
  int year = qd_chart_spec_get_places_per_year (spec);
  g_autofree char *value = qd_chart_spec_dup_value_text (spec, (guint) series, (guint) place);
  g_autofree char *before = NULL;
  g_autofree char *last_year = NULL;
  g_autofree char *swatch = NULL;
  gboolean time = kind == QD_CHART_TIME || kind == QD_CHART_SPARKLINE;

  if (time)
    {
      swatch = dup_swatch (spec, theme, series);
      if (place > 0)
        before = qd_chart_spec_dup_change_text (spec, (guint) series, (guint) place - 1, (guint) place);
      if (year > 1 && place >= year)
        last_year = qd_chart_spec_dup_change_text (spec, (guint) series, (guint) (place - year), (guint) place);
    }
  set_cell (self, row, COLUMN_SWATCH, swatch, FALSE, TRUE);
  set_cell (self, row, COLUMN_NAME, time ? qd_chart_spec_get_series_label (spec, (guint) series) : value, meant, FALSE);
  set_cell (self, row, COLUMN_VALUE, time ? value : NULL, meant, FALSE);
  set_cell (self, row, COLUMN_BEFORE, before, FALSE, FALSE);
  set_cell (self, row, COLUMN_YEAR, last_year, FALSE, FALSE);
}

static char *
dup_against (QdChartSpec *spec,
             int          place)
{
  g_autofree char *label = qd_chart_spec_dup_place_label (spec, (guint) place);

  /* Translators: heading over changes, against which month: "vs. Feb 2026". */
  return g_strdup_printf (_("vs. %s"), label);
}

static void
hide_column (QdChartTip *self,
             int         column)
{
  for (int r = 0; r <= MAX_ROWS; r++)
    set_cell (self, r, column, NULL, FALSE, FALSE);
}

/**
 * qd_chart_tip_show:
 * @self: a tip
 * @spec: the chart
 * @theme: its colours
 * @series: the series that is meant
 * @place: the place
 * @hidden: a bit for each series that is left out
 * @hint: (nullable): what can be done here
 * @width: what there is, in pixels; changes are left out where it is not enough
 */
void
qd_chart_tip_show (QdChartTip         *self,
                   QdChartSpec        *spec,
                   const QdChartTheme *theme,
                   int                 series,
                   int                 place,
                   guint32             hidden,
                   const char         *hint,
                   int                 width)
{
  g_autoptr (GArray) rows = collect_rows (spec, series, place, hidden);
  g_autofree char *heading = qd_chart_spec_dup_point_title (spec, (guint) series, (guint) place);
  g_autofree char *notes = qd_chart_spec_dup_point_notes (spec, (guint) series, (guint) place);
  int year = qd_chart_spec_get_places_per_year (spec), natural;
  gboolean before = FALSE, last_year = FALSE;

  gtk_label_set_label (self->heading, heading);
  for (guint r = 0; r < MAX_ROWS; r++)
    {
      const Row *row = r < rows->len ? &g_array_index (rows, Row, r) : NULL;

      if (row == NULL)
        {
          clear_row (self, (int) r + 1);
          continue;
        }
      show_row (self, spec, theme, (int) r + 1, row->series, place, row->series == series);
      before = before || (self->cells[r + 1][COLUMN_BEFORE] != NULL &&
                          gtk_widget_get_visible (GTK_WIDGET (self->cells[r + 1][COLUMN_BEFORE])));
      last_year = last_year || (self->cells[r + 1][COLUMN_YEAR] != NULL &&
                                gtk_widget_get_visible (GTK_WIDGET (self->cells[r + 1][COLUMN_YEAR])));
    }
  clear_row (self, 0);
  if (before)
    {
      g_autofree char *text = dup_against (spec, place - 1);

      set_cell (self, 0, COLUMN_BEFORE, text, FALSE, FALSE);
    }
  if (last_year)
    {
      g_autofree char *text = dup_against (spec, place - year);

      set_cell (self, 0, COLUMN_YEAR, text, FALSE, FALSE);
    }
  gtk_label_set_label (self->notes, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes), notes != NULL);
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  for (int column = COLUMN_YEAR; column >= COLUMN_BEFORE; column--)
    {
      gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      if (natural <= width)
        break;
      hide_column (self, column);
    }
}

static void
append_cell (GString  *out,
             GtkLabel *cell)
{
  if (cell == NULL || !gtk_widget_get_visible (GTK_WIDGET (cell)) || *gtk_label_get_text (cell) == '\0')
    return;
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\t');
  g_string_append (out, gtk_label_get_text (cell));
}

/**
 * qd_chart_tip_dup_text:
 * @self: a tip
 *
 * Returns: (transfer full): what it says, for the clipboard and tests
 */
char *
qd_chart_tip_dup_text (QdChartTip *self)
{
  GString *out = g_string_new (gtk_label_get_text (self->heading));

  for (int r = 0; r <= MAX_ROWS; r++)
    {
      gsize before = out->len;

      g_string_append_c (out, '\n');
      for (int c = COLUMN_NAME; c < N_COLUMNS; c++)
        append_cell (out, self->cells[r][c]);
      if (out->len == before + 1)
        g_string_truncate (out, before);
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->notes)))
    g_string_append_printf (out, "\n%s", gtk_label_get_text (self->notes));
  if (gtk_widget_get_visible (GTK_WIDGET (self->hint)))
    g_string_append_printf (out, "\n%s", gtk_label_get_text (self->hint));
  return g_string_free (out, FALSE);
}

static void
qd_chart_tip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&QD_CHART_TIP (object)->bold, pango_attr_list_unref);
  G_OBJECT_CLASS (qd_chart_tip_parent_class)->dispose (object);
}

static void
qd_chart_tip_class_init (QdChartTipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qd_chart_tip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "chart-tip");
  /* It says what the cursor's point says. */
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkLabel *
add_label (QdChartTip *self,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
qd_chart_tip_init (QdChartTip *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 3);
  self->bold = pango_attr_list_new ();
  pango_attr_list_insert (self->bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  self->heading = add_label (self, "heading");
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 9);
  gtk_grid_set_row_spacing (self->grid, 1);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  self->notes = add_label (self, "caption");
  self->hint = add_label (self, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
}

GtkWidget *
qd_chart_tip_new (void)
{
  return g_object_new (QD_TYPE_CHART_TIP, NULL);
}
