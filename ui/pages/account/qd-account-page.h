/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One account: what it is worth, its attributes, the revenue rows behind it,
 * all of them edited in place. One level below the pages; the detail is the
 * account's external id.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_ACCOUNT_PAGE (qd_account_page_get_type ())
G_DECLARE_FINAL_TYPE (QdAccountPage, qd_account_page, QD, ACCOUNT_PAGE, QdPage)

/* An edit that the page asked for was refused: says it beside the field. @key: NULL: an attribute of the account.
 * FALSE: the page has no place for it, or no longer shows it. */
gboolean qd_account_page_refuse (QdAccountPage *self, const char *account, const char *key, const char *field,
                                 const char *message);

G_END_DECLS
