/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-job-area.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "../../data/base/qd-job.h"

#define SPINNER_AFTER_MS 3000
#define BAR_AFTER_MS 30000
/* Before so much is done an estimate is a guess. */
#define LEAST_FRACTION 0.02

struct _QdJobArea
{
  GtkWidget parent_instance;

  GtkBox *box;
  GListModel *jobs;
  GPtrArray *rows;         /* Row, each freed after it was taken out */
  guint spinner_ms, bar_ms;
};

typedef struct
{
  QdJobArea *area;
  QdJob *job;
  gint64 start;            /* monotonic */
  guint spinner_source, bar_source;
  GtkWidget *widget;
  GtkSpinner *spinner;
  GtkLabel *title, *status;
  GtkProgressBar *bar;
} Row;

G_DEFINE_FINAL_TYPE (QdJobArea, qd_job_area, GTK_TYPE_WIDGET)

/**
 * qd_job_area_dup_time_left:
 * @elapsed: seconds that a job has run
 * @fraction: how much of it is done, 0 to 1; negative: unknown
 *
 * Returns: (transfer full) (nullable): how long it will go on; `NULL` when
 *   that cannot be said yet
 */
char *
qd_job_area_dup_time_left (double elapsed,
                           double fraction)
{
  double left;
  int minutes;

  if (fraction < LEAST_FRACTION)
    return NULL;
  left = elapsed / fraction * (1 - MIN (fraction, 1));
  if (left < 60)
    return g_strdup (_("Less than a minute left"));
  minutes = (int) MIN (round (left / 60), 24 * 60);
  return g_strdup_printf (ngettext ("About %d minute left", "About %d minutes left", (gulong) minutes), minutes);
}

static void
show_row (Row *row)
{
  g_autofree char *status = qd_job_dup_status (row->job);
  double fraction = qd_job_get_fraction (row->job);
  gboolean bar = row->bar_source == 0 && fraction >= 0;
  g_autofree char *left = NULL;

  gtk_label_set_label (row->status, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (row->status), status != NULL && *status != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->status), status);
  gtk_widget_set_visible (GTK_WIDGET (row->bar), bar);
  if (!bar)
    return;
  left = qd_job_area_dup_time_left ((double) (g_get_monotonic_time () - row->start) / G_USEC_PER_SEC, fraction);
  gtk_progress_bar_set_fraction (row->bar, MIN (fraction, 1));
  gtk_progress_bar_set_show_text (row->bar, left != NULL);
  gtk_progress_bar_set_text (row->bar, left);
}

static gboolean
spinner_cb (gpointer data)
{
  Row *row = data;

  row->spinner_source = 0;
  show_row (row);
  gtk_widget_set_visible (row->widget, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (row->area), TRUE);
  gtk_spinner_start (row->spinner);
  return G_SOURCE_REMOVE;
}

static gboolean
bar_cb (gpointer data)
{
  Row *row = data;

  row->bar_source = 0;
  show_row (row);
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (Row *row)
{
  qd_job_cancel (row->job);
}

static void
free_row (Row *row)
{
  g_clear_handle_id (&row->spinner_source, g_source_remove);
  g_clear_handle_id (&row->bar_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (row->job, row);
  gtk_box_remove (row->area->box, row->widget);
  g_object_unref (row->job);
  g_free (row);
}

static void
add_row (QdJobArea *self,
         QdJob     *job)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  g_autofree char *cancel_text = NULL;

  row->area = self;
  row->job = g_object_ref (job);
  row->start = g_get_monotonic_time ();
  row->widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  row->spinner = GTK_SPINNER (gtk_spinner_new ());
  row->title = GTK_LABEL (gtk_label_new (qd_job_get_title (job)));
  row->status = GTK_LABEL (gtk_label_new (NULL));
  row->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_label_set_xalign (row->title, 0);
  gtk_label_set_ellipsize (row->title, PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->title), qd_job_get_title (job));
  gtk_widget_set_hexpand (GTK_WIDGET (row->title), TRUE);
  gtk_label_set_xalign (row->status, 0);
  gtk_label_set_ellipsize (row->status, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (row->status), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (row->status), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, qd_job_get_title (job), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, qd_job_get_title (job), -1);
  /* Translators: stops a job; %s: its title */
  cancel_text = g_strdup_printf (_("Cancel “%s”"), qd_job_get_title (job));
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_add_css_class (cancel, "circular");
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (cancel, cancel_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, cancel_text, -1);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), row);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (row->spinner));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (row->title));
  gtk_box_append (GTK_BOX (line), cancel);
  gtk_box_append (GTK_BOX (row->widget), line);
  gtk_box_append (GTK_BOX (row->widget), GTK_WIDGET (row->status));
  gtk_box_append (GTK_BOX (row->widget), GTK_WIDGET (row->bar));
  gtk_widget_set_visible (row->widget, FALSE);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (self->box, row->widget);
  g_signal_connect_swapped (job, "notify::status", G_CALLBACK (show_row), row);
  g_signal_connect_swapped (job, "notify::fraction", G_CALLBACK (show_row), row);
  row->spinner_source = g_timeout_add (self->spinner_ms, spinner_cb, row);
  row->bar_source = g_timeout_add (self->bar_ms, bar_cb, row);
}

static gboolean
has_job (GListModel *jobs,
         QdJob      *job)
{
  for (guint i = 0; jobs != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (QdJob) item = g_list_model_get_item (jobs, i);

      if (item == job)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_row (QdJobArea *self,
         QdJob     *job)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *) self->rows->pdata[i])->job == job)
      return TRUE;
  return FALSE;
}

/* What is removed may have the focus, and what follows from that may end other jobs: each row is out of the list before
 * it is freed, and the list is read anew after each. */
static void
drop_ended (QdJobArea *self)
{
  guint i = 0;

  while (i < self->rows->len)
    if (has_job (self->jobs, ((Row *) self->rows->pdata[i])->job))
      {
        i++;
      }
    else
      {
        free_row (g_ptr_array_steal_index (self->rows, i));
        i = 0;
      }
}

static void
items_changed_cb (QdJobArea *self)
{
  gboolean visible = FALSE;

  drop_ended (self);
  for (guint i = 0; self->jobs != NULL && i < g_list_model_get_n_items (self->jobs); i++)
    {
      g_autoptr (QdJob) job = g_list_model_get_item (self->jobs, i);

      if (!has_row (self, job))
        add_row (self, job);
    }
  for (guint i = 0; i < self->rows->len; i++)
    visible = visible || gtk_widget_get_visible (((Row *) self->rows->pdata[i])->widget);
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
}

static void
qd_job_area_dispose (GObject *object)
{
  QdJobArea *self = QD_JOB_AREA (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  if (self->box != NULL)
    {
      drop_ended (self);
      gtk_widget_unparent (GTK_WIDGET (self->box));
      self->box = NULL;
    }
  G_OBJECT_CLASS (qd_job_area_parent_class)->dispose (object);
}

static void
qd_job_area_finalize (GObject *object)
{
  g_ptr_array_unref (QD_JOB_AREA (object)->rows);
  G_OBJECT_CLASS (qd_job_area_parent_class)->finalize (object);
}

static void
qd_job_area_class_init (QdJobAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_job_area_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_job_area_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "jobarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
qd_job_area_init (QdJobArea *self)
{
  self->spinner_ms = SPINNER_AFTER_MS;
  self->bar_ms = BAR_AFTER_MS;
  self->rows = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Running Jobs"), -1);
}

/**
 * qd_job_area_set_jobs:
 * @self: a job area
 * @jobs: (nullable) (element-type QdJob): the jobs that run
 *
 * Follows a list of jobs.
 */
void
qd_job_area_set_jobs (QdJobArea  *self,
                      GListModel *jobs)
{
  g_return_if_fail (QD_IS_JOB_AREA (self));
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_set_object (&self->jobs, jobs);
  if (jobs != NULL)
    g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);
}

void
qd_job_area_set_delays (QdJobArea *self,
                        guint      spinner_ms,
                        guint      bar_ms)
{
  self->spinner_ms = spinner_ms;
  self->bar_ms = bar_ms;
}
