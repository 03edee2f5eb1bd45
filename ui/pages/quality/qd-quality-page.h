/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wrong or odd in the data, failing checks first, and what to do.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_QUALITY_PAGE (qd_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (QdQualityPage, qd_quality_page, QD, QUALITY_PAGE, QdPage)

G_END_DECLS
