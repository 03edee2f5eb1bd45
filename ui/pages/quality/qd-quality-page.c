/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-quality-page.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../widgets/qd-wrap-layout.h"
#include "../qd-moment.h"
#include "qd-checkup.h"

struct _QdQualityPage
{
  QdPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkImage *icon;
  GtkLabel *verdict, *counts;
  GtkBox *groups;
};

G_DEFINE_FINAL_TYPE (QdQualityPage, qd_quality_page, QD_TYPE_PAGE)

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  return qd_checkup_get (qd_snapshot_get_workspace (snapshot), qd_snapshot_get_book (snapshot), job, error);
}

static gboolean
is_empty (QdPage  *page,
          gpointer result)
{
  QdSnapshot *snapshot = qd_session_get_snapshot (qd_page_get_session (page));

  return snapshot != NULL && qd_table_get_n_rows (qd_snapshot_get_imports (snapshot)) == 0;
}

static void
open_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "win.open-account", "s", g_object_get_data (G_OBJECT (button), "qd-account"));
}

static void
more_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.go", "s", g_object_get_data (G_OBJECT (row), "qd-place"));
}

/* The customer by name; under it what the check found. */
static GtkWidget *
make_example (const QdCheckupExample *example,
              QdFormat               *format)
{
  gboolean named = example->name != NULL && *example->name != '\0' && strcmp (example->name, example->account) != 0;
  g_autofree char *text = qd_moment_localize (format, example->text);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autofree char *name = named ? g_markup_escape_text (example->name, -1) : NULL;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), named ? name : markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (named)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_widget_set_tooltip_text (row, named ? example->name : text);
  if (example->account != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Open"));
      g_autofree char *spoken = g_strdup_printf (_("Open %s"), named ? example->name : example->account);

      g_object_set_data_full (G_OBJECT (button), "qd-account", g_strdup (example->account), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (open_cb), NULL);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    }
  return row;
}

/* How a check came out: told apart by shape and by word, and only then by colour. */
typedef struct
{
  const char *icon_name;
  const char *css_class; /* nullable */
  const char *name;      /* msgid */
} Outcome;

static const Outcome *
get_outcome (gboolean       found,
             QdFindingLevel level)
{
  static const Outcome fine = { "object-select-symbolic", "good", N_ ("Fine") };
  static const Outcome failure = { "dialog-error-symbolic", "bad", N_ ("Failure") };
  static const Outcome warning = { "dialog-warning-symbolic", "warning", N_ ("Warning") };
  static const Outcome note = { "dialog-information-symbolic", NULL, N_ ("Note") };

  return !found ? &fine : level == QD_FINDING_FAILURE ? &failure : level == QD_FINDING_WARNING ? &warning : &note;
}

static GtkWidget *
make_level_icon (const QdCheckupItem *item)
{
  const Outcome *outcome = get_outcome (item->found, item->level);
  GtkWidget *image = gtk_image_new_from_icon_name (outcome->icon_name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _(outcome->name), -1);
  if (outcome->css_class != NULL)
    gtk_widget_add_css_class (image, outcome->css_class);
  return image;
}

/* The way to those that are no examples: all of them, as a table. */
static GtkWidget *
make_more (const QdCheckupItem *item,
           QdFormat            *format)
{
  guint64 more = item->count - item->examples->len;
  g_autofree char *number = qd_format_count (format, (gint64) more);
  g_autofree char *text = g_strdup_printf (ngettext ("and %s more", "and %s more", (gulong) more), number);
  g_autofree char *count = qd_format_count (format, (gint64) item->count);
  /* Translators: the number of records that a check found, then what it looks at. */
  g_autofree char *spoken = g_strdup_printf (_("Show all %s: %s"), count, _(item->title));
  g_autofree char *place = g_strdup_printf ("findings?%s", item->id);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Show all of them as a table"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "qd-place", g_steal_pointer (&place), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (more_cb), NULL);
  return row;
}

static GtkWidget *
make_row (const QdCheckupItem *item,
          QdFormat            *format)
{
  g_autofree char *count = qd_format_count (format, (gint64) item->count);
  g_autofree char *said = item->message != NULL ? qd_moment_localize (format, item->message) : NULL;
  g_autofree char *message = said != NULL ? g_markup_escape_text (said, -1) : NULL;
  g_autofree char *title = g_markup_escape_text (_(item->title), -1);
  GtkWidget *row = item->examples->len > 0 ? adw_expander_row_new () : adw_action_row_new ();
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  if (ADW_IS_EXPANDER_ROW (row))
    {
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), message);
      adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_level_icon (item));
      adw_expander_row_add_action (ADW_EXPANDER_ROW (row), label);
      for (guint i = 0; i < item->examples->len; i++)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_example (item->examples->pdata[i], format));
      if (item->count > item->examples->len)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_more (item, format));
    }
  else
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), message != NULL ? message : "");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_level_icon (item));
      if (item->found && item->count > 0)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      else
        g_object_unref (g_object_ref_sink (label));
    }
  return row;
}

/* All items of one level in a list of their own. */
static void
add_group (QdQualityPage   *self,
           const QdCheckup *checkup,
           QdFormat        *format,
           const char      *title,
           QdFindingLevel   level)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < checkup->items->len; i++)
    {
      const QdCheckupItem *item = checkup->items->pdata[i];

      if (!item->found || item->level != level)
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          gtk_box_append (self->groups, group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (item, format));
    }
}

/* One row that opens: what is fine needs no room. */
static void
add_fine (QdQualityPage   *self,
          const QdCheckup *checkup,
          QdFormat        *format)
{
  GtkWidget *group, *row;
  g_autofree char *title = NULL;

  if (checkup->n_fine == 0)
    return;
  title = g_strdup_printf (ngettext ("%u check is fine", "%u checks are fine", checkup->n_fine), checkup->n_fine);
  group = adw_preferences_group_new ();
  row = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), checkup->n_fine == checkup->items->len);
  for (guint i = 0; i < checkup->items->len; i++)
    {
      const QdCheckupItem *item = checkup->items->pdata[i];

      if (!item->found)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_row (item, format));
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (self->groups, group);
}

static char *
describe_counts (const QdCheckup *checkup,
                 QdFormat        *format)
{
  g_autofree char *moment = qd_moment_format (format, checkup->time);
  g_autofree char *failures =
      g_strdup_printf (ngettext ("%u failure", "%u failures", checkup->n_failures), checkup->n_failures);
  g_autofree char *warnings =
      g_strdup_printf (ngettext ("%u warning", "%u warnings", checkup->n_warnings), checkup->n_warnings);
  g_autofree char *notes = g_strdup_printf (ngettext ("%u note", "%u notes", checkup->n_notes), checkup->n_notes);
  g_autofree char *fine = g_strdup_printf (ngettext ("%u check is fine", "%u checks are fine", checkup->n_fine),
                                           checkup->n_fine);

  /* Translators: what the checks found, and when: "1 failure, 2 warnings, 3 notes, 14 checks are fine · 22 Nov 2026, 04:50". */
  return g_strdup_printf (_("%s, %s, %s, %s · %s"), failures, warnings, notes, fine, moment);
}

static void
show_verdict (QdQualityPage   *self,
              const QdCheckup *checkup)
{
  gboolean found = checkup->n_failures > 0 || checkup->n_warnings > 0;
  const Outcome *outcome = get_outcome (found, checkup->n_failures > 0 ? QD_FINDING_FAILURE : QD_FINDING_WARNING);

  gtk_image_set_from_icon_name (self->icon, outcome->icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ outcome->css_class, NULL });
  gtk_label_set_label (self->verdict, checkup->n_failures > 0   ? _("Figures cannot be trusted yet")
                                      : checkup->n_warnings > 0 ? _("Figures are sound, some data contradicts itself")
                                      : checkup->n_notes > 0    ? _("All fine, with something to know")
                                                                : _("All fine: every check passed"));
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  QdQualityPage *self = QD_QUALITY_PAGE (page);
  const QdCheckup *checkup = result;
  QdFormat *format = qd_snapshot_get_format (snapshot);
  g_autofree char *counts = describe_counts (checkup, format);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, old);
  show_verdict (self, checkup);
  gtk_label_set_label (self->counts, counts);
  add_group (self, checkup, format, _("Failures"), QD_FINDING_FAILURE);
  add_group (self, checkup, format, _("Warnings"), QD_FINDING_WARNING);
  add_group (self, checkup, format, _("To Know"), QD_FINDING_NOTE);
  add_fine (self, checkup, format);
}

/* What the page says, a row for each example: for Copy and Export. */
static QdTable *
dup_table (QdPage *page)
{
  static const QdColumn columns[] = {
    { "level", N_ ("Level"), QD_COLUMN_TEXT },      { "check", N_ ("What Was Checked"), QD_COLUMN_TEXT },
    { "count", N_ ("Found"), QD_COLUMN_COUNT },     { "message", N_ ("What It Is"), QD_COLUMN_TEXT },
    { "example", N_ ("Example"), QD_COLUMN_TEXT },  { "account", N_ ("Account"), QD_COLUMN_TEXT },
    { "name", N_ ("Name"), QD_COLUMN_TEXT },
  };
  const QdCheckup *checkup = qd_page_get_result (page);
  QdFormat *format = qd_session_get_format (qd_page_get_session (page));
  QdTable *table = qd_table_new ("data-quality", NULL, columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < checkup->items->len; i++)
    {
      const QdCheckupItem *item = checkup->items->pdata[i];
      g_autofree char *message = item->message != NULL ? qd_moment_localize (format, item->message) : NULL;

      for (guint e = 0; e < MAX (item->examples->len, 1); e++)
        {
          const QdCheckupExample *example = e < item->examples->len ? item->examples->pdata[e] : NULL;

          qd_table_add_text (table, _(get_outcome (item->found, item->level)->name));
          qd_table_add_text (table, _(item->title));
          qd_table_add_integer (table, (gint64) item->count);
          qd_table_add_text (table, message);
          qd_table_add_text (table, example != NULL ? example->text : NULL);
          qd_table_add_text (table, example != NULL ? example->account : NULL);
          qd_table_add_text (table, example != NULL ? example->name : NULL);
          qd_table_end_row (table);
        }
    }
  return table;
}

static char *
save_state (QdPage *page)
{
  double value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (QD_QUALITY_PAGE (page)->scroller));
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value));
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (QD_QUALITY_PAGE (page)->scroller),
                            g_ascii_strtod (state, NULL));
}

static void
check_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  qd_checkup_forget (qd_session_get_workspace (qd_page_get_session (QD_PAGE (widget))));
  qd_page_refresh (QD_PAGE (widget));
}

static void
free_result (gpointer result)
{
  qd_checkup_unref (result);
}

static void
qd_quality_page_class_init (QdQualityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_result;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->dup_table = dup_table;
  gtk_widget_class_install_action (widget_class, "quality.check", NULL, check_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-data", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.copy-data", NULL);
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  qd_page_class_set_template (page_class, "qd-quality-page");
  gtk_widget_class_bind_template_child (widget_class, QdQualityPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, QdQualityPage, icon);
  gtk_widget_class_bind_template_child (widget_class, QdQualityPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, QdQualityPage, counts);
  gtk_widget_class_bind_template_child (widget_class, QdQualityPage, groups);
}

static void
qd_quality_page_init (QdQualityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  qd_page_set_empty (QD_PAGE (self), "object-select-symbolic", N_ ("No Data to Check Yet"),
                     N_ ("Contradictions, gaps and doubts in the data are listed here once there is some."),
                     N_ ("_Import…"), "win.import");
}
