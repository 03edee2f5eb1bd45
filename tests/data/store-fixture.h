/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the store share: a folder of their own, a workspace in
 * it, calls on the store's thread.
 */
#pragma once

#include "data/store/qd-history.h"

typedef struct
{
  char *folder;
  char *path; /* of a workspace in it */
  QdStore *store;
} StoreFixture;

/* Sets XDG_CACHE_HOME into a folder of the test program; call first in main. */
void store_fixture_init (void);

StoreFixture *store_fixture_new (void); /* with an empty, open workspace */
void store_fixture_free (StoreFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFixture, store_fixture_free)
void store_fixture_reopen (StoreFixture *self);
void store_fixture_close (StoreFixture *self);
char *store_fixture_file (StoreFixture *self, const char *name);

/* On the store's thread; failures end the test. */
void store_exec (QdStore *store, const char *sql);
gint64 store_integer (QdStore *store, const char *sql);
char *store_text (QdStore *store, const char *sql);

/* One history entry around @sql. Words of @sql before the first '|' are not recorded, what follows is. */
gint64 store_entry (QdStore *store, QdHistoryKind kind, gint64 batch, const char *bulk, const char *recorded,
                    const char *summary);
gboolean store_undo (QdStore *store, gint64 entry, gboolean redo, GPtrArray **kept, GError **error);

/* By the sqlite3 command: what the data tables hold. */
char *dump_data (const char *path);
char *run_sqlite (const char *path, const char *sql);
char *file_digest (const char *path); /* SHA-256 and the time of the last change */
void remove_tree (const char *folder);
