/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every file that was imported, and for each what became of its rows. Its
 * detail is the number of an import, or "" for the list.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORTS_PAGE (qd_imports_page_get_type ())
G_DECLARE_FINAL_TYPE (QdImportsPage, qd_imports_page, QD, IMPORTS_PAGE, QdPage)

G_END_DECLS
