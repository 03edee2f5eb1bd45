/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-quality-page.h"

#include <inttypes.h>

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

static GtkWidget *
make_example (const QdCheckupExample *example)
{
  g_autofree char *markup = g_markup_escape_text (example->text, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  if (example->account != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Open"));
      g_autofree char *name = g_strdup_printf (_("Open %s"), example->account);

      g_object_set_data_full (G_OBJECT (button), "qd-account", g_strdup (example->account), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (open_cb), NULL);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
add_icon (GtkWidget  *image,
          const char *css_class,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
}

static GtkWidget *
make_level_icon (const QdCheckupItem *item)
{
  GtkWidget *image;

  if (!item->found)
    {
      image = gtk_image_new_from_icon_name ("object-select-symbolic");
      add_icon (image, "success", _("Fine"));
    }
  else if (item->level == QD_FINDING_FAILURE)
    {
      image = gtk_image_new_from_icon_name ("dialog-error-symbolic");
      add_icon (image, "error", _("Failure"));
    }
  else if (item->level == QD_FINDING_WARNING)
    {
      image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      add_icon (image, "warning", _("Warning"));
    }
  else
    {
      image = gtk_image_new_from_icon_name ("dialog-information-symbolic");
      add_icon (image, NULL, _("Note"));
    }
  return image;
}

static GtkWidget *
make_row (const QdCheckupItem *item,
          QdFormat            *format)
{
  g_autofree char *count = qd_format_count (format, (gint64) item->count);
  g_autofree char *message = item->message != NULL ? g_markup_escape_text (item->message, -1) : NULL;
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
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_example (item->examples->pdata[i]));
      if (item->count > item->examples->len)
        {
          guint64 more = item->count - item->examples->len;
          g_autofree char *number = qd_format_count (format, (gint64) more);
          g_autofree char *text = g_strdup_printf (ngettext ("and %s more", "and %s more", (gulong) more), number);
          GtkWidget *last = adw_action_row_new ();

          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (last), text);
          gtk_widget_add_css_class (last, "dim-label");
          adw_expander_row_add_row (ADW_EXPANDER_ROW (row), last);
        }
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
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "success");
  if (checkup->n_failures > 0)
    {
      gtk_image_set_from_icon_name (self->icon, "dialog-error-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
      gtk_label_set_label (self->verdict, _("Figures cannot be trusted yet"));
    }
  else if (checkup->n_warnings > 0)
    {
      gtk_image_set_from_icon_name (self->icon, "dialog-warning-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
      gtk_label_set_label (self->verdict, _("Figures are sound, some data contradicts itself"));
    }
  else
    {
      gtk_image_set_from_icon_name (self->icon, "object-select-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), "success");
      gtk_label_set_label (self->verdict, checkup->n_notes > 0 ? _("All fine, with something to know")
                                                               : _("All fine: every check passed"));
    }
  gtk_label_set_label (self->counts, counts);
  add_group (self, checkup, format, _("Failures"), QD_FINDING_FAILURE);
  add_group (self, checkup, format, _("Warnings"), QD_FINDING_WARNING);
  add_group (self, checkup, format, _("To Know"), QD_FINDING_NOTE);
  add_fine (self, checkup, format);
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
qd_quality_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_QUALITY_PAGE);
  G_OBJECT_CLASS (qd_quality_page_parent_class)->dispose (object);
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

  G_OBJECT_CLASS (klass)->dispose = qd_quality_page_dispose;
  page_class->compute = compute;
  page_class->result_free = free_result;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  gtk_widget_class_install_action (widget_class, "quality.check", NULL, check_action);
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/quarterdeck/Quarterdeck/ui/qd-quality-page.ui");
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
