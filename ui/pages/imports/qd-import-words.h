/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the ledger of an import says in codes, in words.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *qd_import_describe_reason (const char *code);   /* translated; an unknown code as it is */
const char *qd_import_describe_option (const char *key);    /* translated; an unknown key as it is */
char *qd_import_describe_kind (const char *name);           /* "Subscriptions"; (transfer full) */

G_END_DECLS
