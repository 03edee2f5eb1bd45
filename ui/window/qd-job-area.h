/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The running jobs of a session, where they can be seen and stopped. A job is
 * not talked about at first; after three seconds it has a spinner and Cancel,
 * after thirty a bar and an estimate of the time left.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_JOB_AREA (qd_job_area_get_type ())
G_DECLARE_FINAL_TYPE (QdJobArea, qd_job_area, QD, JOB_AREA, GtkWidget)

void qd_job_area_set_jobs (QdJobArea *self, GListModel *jobs); /* (nullable) (element-type QdJob) */
/* Other delays than 3 and 30 seconds: for tests. */
void qd_job_area_set_delays (QdJobArea *self, guint spinner_ms, guint bar_ms);

/* "About 3 minutes left" after @elapsed seconds of work of which @fraction is done; NULL: too early to say. */
char *qd_job_area_dup_time_left (double elapsed, double fraction);

G_END_DECLS
