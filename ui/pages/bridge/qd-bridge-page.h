/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARR from opening to closing, with the movements that it is made of.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_BRIDGE_PAGE (qd_bridge_page_get_type ())
G_DECLARE_FINAL_TYPE (QdBridgePage, qd_bridge_page, QD, BRIDGE_PAGE, QdPage)

G_END_DECLS
