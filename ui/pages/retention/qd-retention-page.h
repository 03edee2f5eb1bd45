/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of the customers: retention over time, and cohort by cohort.
 *
 * Details: "" or "trend", "cohorts-logos", "cohorts-net", "cohorts-gross". What
 * follows a colon says more: "trend:segment" splits the window by a dimension,
 * "cohorts-net:quarter" groups customers by the quarter of their first revenue
 * (month, quarter, year; without it the finest that makes cohorts worth a rate).
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_RETENTION_PAGE (qd_retention_page_get_type ())
G_DECLARE_FINAL_TYPE (QdRetentionPage, qd_retention_page, QD, RETENTION_PAGE, QdPage)

G_END_DECLS
