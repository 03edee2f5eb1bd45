/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mappings saved per set of headers. On the store's thread.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-mapping.h"

G_BEGIN_DECLS

typedef struct _QdImport QdImport; /* qd-import-private.h */

/* @name: a saved mapping that was asked for, or NULL: the one of the source's headers. *@saved may become NULL. */
gboolean qd_saved_find (QdDb *db, const QdKind *kind, QdSource *source, const char *name, QdSavedMapping **saved,
                        GError **error);
/* @wanted, or with a number behind it, that no saved mapping has. */
char *qd_saved_find_free_name (QdDb *db, const char *wanted, GError **error);
/* Saves how this import read its file, unless that is what is saved already. */
gboolean qd_saved_keep (QdImport *import, const QdSavedMapping *saved, GError **error);

G_END_DECLS
