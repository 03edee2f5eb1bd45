/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-job.h"

#define NOTIFY_INTERVAL_MS 100

struct _QdJob
{
  GObject parent_instance;

  char *title;
  GCancellable *cancellable;
  GMainContext *context;

  GMutex mutex; /* guards what follows */
  char *status;
  double fraction;
  QdJobState state;
  GSource *pending;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_STATUS,
  PROP_FRACTION,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (QdJob, qd_job, G_TYPE_OBJECT)

static gboolean
notify_cb (gpointer data)
{
  QdJob *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->pending, g_source_unref);
  g_mutex_unlock (&self->mutex);

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
schedule_notify (QdJob *self,
                 guint  delay_ms)
{
  if (self->pending != NULL)
    return;
  self->pending = g_timeout_source_new (delay_ms);
  g_source_set_callback (self->pending, notify_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->pending, self->context);
}

static void
qd_job_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  QdJob *self = QD_JOB (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATUS:
      g_value_take_string (value, qd_job_dup_status (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, qd_job_get_fraction (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, qd_job_get_state (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_job_finalize (GObject *object)
{
  QdJob *self = QD_JOB (object);

  g_free (self->title);
  g_free (self->status);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (qd_job_parent_class)->finalize (object);
}

static void
qd_job_class_init (QdJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = qd_job_get_property;
  object_class->finalize = qd_job_finalize;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] =
      g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] =
      g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, QD_JOB_RUNNING, QD_JOB_CANCELLED, QD_JOB_RUNNING,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
qd_job_init (QdJob *self)
{
  g_mutex_init (&self->mutex);
  self->fraction = -1;
  self->context = g_main_context_ref_thread_default ();
}

/**
 * qd_job_new:
 * @title: what the work is, translated
 * @cancellable: (nullable): cancels the work; one is made when `NULL`
 *
 * Makes a job in state `QD_JOB_RUNNING`. Notifications fire on the
 * thread-default main context of the caller.
 *
 * Returns: (transfer full): the job
 */
QdJob *
qd_job_new (const char   *title,
            GCancellable *cancellable)
{
  QdJob *self = g_object_new (QD_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  self->cancellable = cancellable ? g_object_ref (cancellable) : g_cancellable_new ();
  return self;
}

/**
 * qd_job_get_title:
 * @self: a job
 *
 * Returns: (transfer none): what the work is
 */
const char *
qd_job_get_title (QdJob *self)
{
  g_return_val_if_fail (QD_IS_JOB (self), NULL);
  return self->title;
}

/**
 * qd_job_dup_status:
 * @self: a job
 *
 * Returns: (transfer full) (nullable): what it is doing now; from any thread
 */
char *
qd_job_dup_status (QdJob *self)
{
  char *status;

  g_return_val_if_fail (QD_IS_JOB (self), NULL);
  g_mutex_lock (&self->mutex);
  status = g_strdup (self->status);
  g_mutex_unlock (&self->mutex);
  return status;
}

/**
 * qd_job_get_fraction:
 * @self: a job
 *
 * Returns: 0 to 1, or −1 when unknown; from any thread
 */
double
qd_job_get_fraction (QdJob *self)
{
  double fraction;

  g_return_val_if_fail (QD_IS_JOB (self), -1);
  g_mutex_lock (&self->mutex);
  fraction = self->fraction;
  g_mutex_unlock (&self->mutex);
  return fraction;
}

/**
 * qd_job_get_state:
 * @self: a job
 *
 * Returns: the state; from any thread
 */
QdJobState
qd_job_get_state (QdJob *self)
{
  QdJobState state;

  g_return_val_if_fail (QD_IS_JOB (self), QD_JOB_FAILED);
  g_mutex_lock (&self->mutex);
  state = self->state;
  g_mutex_unlock (&self->mutex);
  return state;
}

/**
 * qd_job_get_cancellable:
 * @self: a job
 *
 * Returns: (transfer none): what cancels it
 */
GCancellable *
qd_job_get_cancellable (QdJob *self)
{
  g_return_val_if_fail (QD_IS_JOB (self), NULL);
  return self->cancellable;
}

/**
 * qd_job_report:
 * @self: (nullable): a job
 * @fraction: 0 to 1, or −1 when unknown
 * @status: (nullable): what it is doing now, translated; `NULL` keeps the last
 *
 * Reports progress, from any thread. Does nothing without a job, so that
 * callers need not ask whether anybody is watching.
 */
void
qd_job_report (QdJob      *self,
               double      fraction,
               const char *status)
{
  if (self == NULL)
    return;
  g_return_if_fail (QD_IS_JOB (self));

  g_mutex_lock (&self->mutex);
  self->fraction = CLAMP (fraction, -1, 1);
  if (status != NULL && g_strcmp0 (status, self->status) != 0)
    {
      g_free (self->status);
      self->status = g_strdup (status);
    }
  schedule_notify (self, NOTIFY_INTERVAL_MS);
  g_mutex_unlock (&self->mutex);
}

/**
 * qd_job_cancel:
 * @self: a job
 *
 * Asks the work to stop; it fails with `G_IO_ERROR_CANCELLED` soon.
 */
void
qd_job_cancel (QdJob *self)
{
  g_return_if_fail (QD_IS_JOB (self));
  g_cancellable_cancel (self->cancellable);
}

/**
 * qd_job_check:
 * @self: (nullable): a job
 * @error: return location
 *
 * To be asked now and then by the work, from any thread.
 *
 * Returns: `FALSE` with `G_IO_ERROR_CANCELLED` when it shall stop
 */
gboolean
qd_job_check (QdJob   *self,
              GError **error)
{
  return self == NULL || !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/**
 * qd_job_finish:
 * @self: (nullable): a job
 * @error: (nullable): why it failed
 *
 * Ends the job: done, failed or cancelled by @error.
 */
void
qd_job_finish (QdJob        *self,
               const GError *error)
{
  if (self == NULL)
    return;
  g_return_if_fail (QD_IS_JOB (self));

  g_mutex_lock (&self->mutex);
  if (error == NULL)
    self->state = QD_JOB_DONE;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->state = QD_JOB_CANCELLED;
  else
    self->state = QD_JOB_FAILED;
  if (error == NULL)
    self->fraction = 1;
  if (self->pending != NULL)
    {
      g_source_destroy (self->pending);
      g_clear_pointer (&self->pending, g_source_unref);
    }
  schedule_notify (self, 0);
  g_mutex_unlock (&self->mutex);
}
