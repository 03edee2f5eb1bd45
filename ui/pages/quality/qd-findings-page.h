/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All records that one check of the data is about, as a table. The detail is
 * the id of the finding, see qd_finding_dup_id().
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_FINDINGS_PAGE (qd_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (QdFindingsPage, qd_findings_page, QD, FINDINGS_PAGE, QdPage)

G_END_DECLS
