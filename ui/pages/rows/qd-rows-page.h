/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The customers behind one number, which they sum to. Its detail is a drill.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_ROWS_PAGE (qd_rows_page_get_type ())
G_DECLARE_FINAL_TYPE (QdRowsPage, qd_rows_page, QD, ROWS_PAGE, QdPage)

G_END_DECLS
