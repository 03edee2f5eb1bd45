/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page: six figures, what changed in sentences, who made it so by
 * name, and where ARR comes from.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_OVERVIEW_PAGE (qd_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (QdOverviewPage, qd_overview_page, QD, OVERVIEW_PAGE, QdPage)

G_END_DECLS
