/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every change of the workspace, what it changed, and the way back from each,
 * also after a restart.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_ACTIVITY_PAGE (qd_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (QdActivityPage, qd_activity_page, QD, ACTIVITY_PAGE, QdPage)

G_END_DECLS
