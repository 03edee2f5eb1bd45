/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-glossary.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../pages/imports/qd-import-words.h"
#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-window-size.h"

/* The window, and what its rows are filled with once the values are there. */
typedef struct
{
  GtkWindow *window;
  GPtrArray *values;   /* GtkLabel, one for each metric of the catalogue, NULL where it is not shown */
  QdJob *job;
} QdGlossary;

static void
free_glossary (gpointer data)
{
  QdGlossary *glossary = data;

  qd_job_cancel (glossary->job);
  g_object_unref (glossary->job);
  g_ptr_array_unref (glossary->values);
  g_free (glossary);
}

static gboolean
is_asked (const char *metrics,
          const char *id)
{
  g_auto (GStrv) ids = NULL;

  if (metrics == NULL || *metrics == '\0')
    return TRUE;
  ids = g_strsplit (metrics, " ", -1);
  return g_strv_contains ((const char *const *) ids, id);
}

static const char *
get_kind (const QdMetric *metric)
{
  switch (metric->kind)
    {
    case QD_KIND_LEADING:
      return _("Leading: it says what is to come");
    case QD_KIND_PROCESS:
      return _("Process: it says what is being done");
    case QD_KIND_LAGGING:
    default:
      return _("Lagging: it says what has happened");
    }
}

static const char *
get_direction (const QdMetric *metric)
{
  switch (metric->direction)
    {
    case QD_DIRECTION_UP:
      return _("Higher is better");
    case QD_DIRECTION_DOWN:
      return _("Lower is better");
    case QD_DIRECTION_NEUTRAL:
    default:
      return _("Neither way is better as such");
    }
}

static char *
dup_driven (const QdMetric *metric)
{
  g_auto (GStrv) ids = g_strsplit (metric->drives, " ", -1);
  GString *names = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const QdMetric *driven = qd_catalogue_find (ids[i]);

      if (driven != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", _(driven->short_name));
    }
  return g_string_free (names, FALSE);
}

/* The line that says from which import the figures are. */
static char *
dup_source (QdSnapshot *snapshot)
{
  QdTable *imports = snapshot != NULL ? qd_snapshot_get_imports (snapshot) : NULL;
  guint n = imports != NULL ? qd_table_get_n_rows (imports) : 0;

  for (guint i = n; i > 0; i--)
    {
      guint row = i - 1;
      const char *time = qd_table_get_text (imports, row, (guint) qd_table_find_column (imports, "time"));
      g_autofree char *day = NULL;
      g_autofree char *kind = NULL;

      if (strcmp (qd_table_get_text (imports, row, (guint) qd_table_find_column (imports, "undone")), "yes") == 0)
        continue;
      day = qd_format_day (qd_snapshot_get_format (snapshot), qd_day_parse_iso (time, 10));
      kind = qd_import_describe_kind (qd_table_get_text (imports, row, (guint) qd_table_find_column (imports, "kind")));
      return g_strdup_printf (
          /* Translators: last import: name of a file, its kind of data, when */
          _("%s (%s), %s"), qd_table_get_text (imports, row, (guint) qd_table_find_column (imports, "file")),
          kind, day);
    }
  return NULL;
}

static void
add_line (GtkWidget  *group,
          const char *title,
          const char *text)
{
  GtkWidget *row;
  g_autofree char *escaped = NULL;

  if (text == NULL || *text == '\0')
    return;
  row = adw_action_row_new ();
  escaped = g_markup_escape_text (text, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
make_text (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_metric (const QdMetric  *metric,
             const QdProfile *profile,
             QdSnapshot      *snapshot,
             GtkWidget      **value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *formula = profile != NULL ? qd_catalogue_dup_formula (metric, profile) : g_strdup (_(metric->formula));
  g_autofree char *driven = dup_driven (metric);
  g_autofree char *source = dup_source (snapshot);
  g_autofree char *definition = profile != NULL ? qd_profile_dup_label (profile) : NULL;
  g_autofree char *heading = strcmp (metric->name, metric->short_name) == 0
                                 ? g_strdup (_(metric->name))
                                 : g_strdup_printf ("%s (%s)", _(metric->name), _(metric->short_name));

  /* The title of a preferences group is cut where the text is large. */
  gtk_box_append (GTK_BOX (head), make_text (heading, "heading"));
  *value = gtk_label_new ("");
  gtk_widget_add_css_class (*value, "title-3");
  gtk_widget_add_css_class (*value, "numeric");
  gtk_widget_set_valign (*value, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (head), *value);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), make_text (_(metric->meaning), "dim-label"));
  gtk_box_append (GTK_BOX (box), group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  add_line (group, _("Formula"), formula);
  add_line (group, _("Definition"), definition);
  add_line (group, _("Reading"), get_direction (metric));
  add_line (group, _("Kind"), get_kind (metric));
  add_line (group, _("Drives"), driven);
  add_line (group, _("Source of the Formula"), _(metric->source));
  add_line (group, _("Last Import"), source);
  return box;
}

static gpointer
compute_values (QdSnapshot *snapshot,
                gpointer    input,
                QdJob      *job,
                GError    **error)
{
  if (!qd_snapshot_has_revenue (snapshot))
    {
      g_set_error_literal (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE, _("There is no revenue yet."));
      return NULL;
    }
  return qd_figures_compute (qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot), NULL, NULL, job, error);
}

static void
values_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QdFigures) figures = qd_session_compute_finish (QD_SESSION (source), result, &error);
  QdGlossary *glossary = g_object_get_data (G_OBJECT (window), "glossary");
  QdFormat *format = qd_session_get_format (QD_SESSION (source));

  /* Without revenue there are no values to show; without a window nobody looks. */
  if (figures == NULL || glossary == NULL)
    return;
  for (guint i = 0; i < figures->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);
      g_autofree char *text = figure->value.defined ? qd_format_value (format, figure->unit, figure->value.value)
                                                    : g_strdup (qd_format_get_missing (format));

      for (guint j = 0; j < qd_catalogue_get_n_metrics (); j++)
        if (strcmp (qd_catalogue_get_metric (j)->id, figure->id) == 0 && glossary->values->pdata[j] != NULL)
          gtk_label_set_label (glossary->values->pdata[j], text);
    }
}

static void
filter (GtkSearchEntry *entry,
        GtkWidget      *box)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (entry)), -1);

  for (GtkWidget *group = gtk_widget_get_first_child (box); group != NULL; group = gtk_widget_get_next_sibling (group))
    {
      const char *words = g_object_get_data (G_OBJECT (group), "words");

      gtk_widget_set_visible (group, *text == '\0' || strstr (words, text) != NULL);
    }
}

static void
close_cb (GtkSearchEntry *entry,
          GtkWindow      *window)
{
  gtk_window_close (window);
}

/**
 * qd_glossary_present:
 * @parent: the window
 * @session: (nullable): whose values and definition are shown
 * @metrics: (nullable): ids of the catalogue, separated by blanks; `NULL`: all
 *
 * Explains metrics. Their values follow when they are computed.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
qd_glossary_present (GtkWindow  *parent,
                     QdSession  *session,
                     const char *metrics)
{
  GtkWindow *window = g_object_new (QD_TYPE_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  QdSnapshot *snapshot = session != NULL ? qd_session_get_snapshot (session) : NULL;
  const QdProfile *profile =
      snapshot != NULL && qd_snapshot_has_revenue (snapshot) ? qd_snapshot_get_scope (snapshot)->profile : NULL;
  gboolean all = metrics == NULL || *metrics == '\0';
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *search = gtk_search_entry_new ();
  QdGlossary *glossary = g_new0 (QdGlossary, 1);

  qd_window_set_size (window, 640, 620);
  glossary->window = window;
  glossary->job = qd_job_new (_("Computing"), NULL);
  glossary->values = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (window), "glossary", glossary, free_glossary);
  gtk_window_set_title (window, all ? _("Glossary") : _("What Is This?"));
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    {
      const QdMetric *metric = qd_catalogue_get_metric (i);
      GtkWidget *value = NULL;
      GtkWidget *group;
      g_autofree char *words = NULL;

      if (is_asked (metrics, metric->id))
        {
          group = make_metric (metric, profile, snapshot, &value);
          words = g_strjoin (" ", _(metric->name), _(metric->short_name), _(metric->meaning), metric->id, NULL);
          g_object_set_data_full (G_OBJECT (group), "words", g_utf8_casefold (words, -1), g_free);
          gtk_box_append (GTK_BOX (box), group);
        }
      g_ptr_array_add (glossary->values, value);
    }
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), (int) (600 * qd_window_get_text_scale (window)));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search Metrics"), -1);
  g_object_set (search, "placeholder-text", _("Search metrics"), NULL);
  gtk_widget_set_hexpand (search, TRUE);
  g_signal_connect (search, "search-changed", G_CALLBACK (filter), box);
  g_signal_connect (search, "stop-search", G_CALLBACK (close_cb), window);
  if (all)
    adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), search);
  else
    g_object_ref_sink (search), g_object_unref (search);
  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), scrolled);
  adw_window_set_content (ADW_WINDOW (window), outer);
  gtk_window_present (window);
  if (session != NULL)
    qd_session_compute_async (session, compute_values, NULL, NULL, (GDestroyNotify) qd_figures_free, glossary->job,
                              values_cb, g_object_ref (window));
  return window;
}
