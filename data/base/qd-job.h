/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A long piece of work: what long code and whoever shows progress share.
 *
 * Work reports from any thread; "notify" fires on the main context that made
 * the job, at most every 100 ms and once at the end.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QD_TYPE_JOB (qd_job_get_type ())
G_DECLARE_FINAL_TYPE (QdJob, qd_job, QD, JOB, GObject)

typedef enum
{
  QD_JOB_RUNNING,
  QD_JOB_DONE,
  QD_JOB_FAILED,
  QD_JOB_CANCELLED,
} QdJobState;

QdJob *qd_job_new (const char *title, GCancellable *cancellable);
const char *qd_job_get_title (QdJob *self);
char *qd_job_dup_status (QdJob *self);
double qd_job_get_fraction (QdJob *self);
QdJobState qd_job_get_state (QdJob *self);
GCancellable *qd_job_get_cancellable (QdJob *self);

void qd_job_report (QdJob *self, double fraction, const char *status);
void qd_job_cancel (QdJob *self);
gboolean qd_job_check (QdJob *self, GError **error);
void qd_job_finish (QdJob *self, const GError *error);

G_END_DECLS
