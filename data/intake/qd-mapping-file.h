/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A saved mapping as a file that can be given to somebody else: JSON, UTF-8.
 *
 *   {
 *     "format": "quarterdeck-mapping",
 *     "version": 1,
 *     "name": "Billing export",
 *     "kind": "subscriptions",                        as `quarterdeck import` calls it
 *     "headers": ["Sub ID", "Customer", "From"],      the columns of such a file, in order
 *     "map": { "line_id": "Sub ID", "notes": "" },    field or custom field → header ("#3": the third column; "": none)
 *     "set": { "currency": "EUR" },                   field → what it is in every row
 *     "values": { "trial": { "nope": "no" } },        field → what stands there → what it is read as ("": blank)
 *     "collisions": { "csm": "fill", "*": "file" },   of accounts: field → "file", "fill", "keep"
 *     "read": { "date-order": "dmy", "decimal": ",", "amounts": "major", "amounts-are": "level" }
 *   }
 *
 * Name, kind, headers and map must be there. Whatever else a file holds, it is
 * refused as a whole, with what to do about it.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-kind.h"

G_BEGIN_DECLS

#define QD_MAPPING_FILE_VERSION 1
#define QD_MAPPING_FILE_LIMIT (256u << 10) /* bytes */

typedef struct
{
  char *name;
  const QdKind *kind;
  char *header_set;        /* headers, joined by U+001F */
  char *body;              /* as it is stored */
} QdMappingFile;

void qd_mapping_file_free (QdMappingFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdMappingFile, qd_mapping_file_free)

char *qd_mapping_file_write (const char *name, const char *kind, const char *header_set, const char *body);
/* On the store's thread. NULL with QD_INTAKE_ERROR_MAPPING. @text need not be terminated. */
QdMappingFile *qd_mapping_file_read (QdDb *db, const char *text, gsize length, GError **error);

G_END_DECLS
