/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARR from opening to closing, with the movements that it is made of, and the
 * proof that they add up. Details: "" (all movements), "customers" (what became
 * of the customers at the start), "months" (the movements month by month).
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_BRIDGE_PAGE (qd_bridge_page_get_type ())
G_DECLARE_FINAL_TYPE (QdBridgePage, qd_bridge_page, QD, BRIDGE_PAGE, QdPage)

/* What the line under the chart says, in ARR to the cent; @chained: every month opens where the last one closed. */
char *qd_bridge_page_write_check (const QdMovement *row, gboolean chained, const QdFormat *format, gboolean *failed);

G_END_DECLS
