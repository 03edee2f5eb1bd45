/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import is called, how its file was read, its fields and what its
 * ledger says in codes: all in words.
 */
#pragma once

#include "../../../data/base/qd-table.h"

G_BEGIN_DECLS

const char *qd_import_describe_reason (const char *code);   /* translated; an unknown code as it is */
const char *qd_import_describe_option (const char *key);    /* translated; an unknown key as it is */
const char *qd_import_describe_value (const char *key, const char *value); /* of an option */
QdTable *qd_import_describe_changes (const QdTable *changes); /* of qd_workspace_get_changes(), in words; (transfer full) */
char *qd_import_describe_kind (const char *name);           /* "Subscriptions"; (transfer full) */

G_END_DECLS
