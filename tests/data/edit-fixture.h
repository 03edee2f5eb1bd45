/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workspace of a few accounts and lines, for tests of changes by hand; what
 * they write, undo and say in the history.
 */
#pragma once

#include "data/workspace/qd-workspace-edit.h"
#include "store-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *path;
  QdWorkspace *workspace;
} EditFixture;

void edits_import (EditFixture *fixture, const char *kind, const char *csv);
void edits_open_again (EditFixture *fixture, QdStoreFlags flags);
void edits_set_up (EditFixture *fixture, gconstpointer data);
void edits_tear_down (EditFixture *fixture, gconstpointer data);
QdStore *edits_store_of (EditFixture *fixture);
void edits_assert_text (EditFixture *fixture, const char *sql, const char *expected);
gint64 edits_edit (EditFixture *fixture, const char *account, const char *field, const char *value);
gint64 edits_edit_row (EditFixture *fixture, const char *key, const char *field, const char *value);
void edits_refuse_row (EditFixture *fixture, const char *key, const char *field, const char *value, const char *reason);
gint64 edits_add_row (EditFixture *fixture, const char *account, const char *form, const char *const *values, char **key);
void edits_refuse_new (EditFixture *fixture, const char *account, const char *form, const char *const *values);
void edits_undo (EditFixture *fixture, gint64 entry);
void edits_redo (EditFixture *fixture, gint64 entry);
gint64 edits_find (EditFixture *fixture, gboolean back, const char *expected);
const char *edits_field_of (QdTable *table, const char *field);
void edits_assert_changes (EditFixture *fixture, gint64 entry, guint limit, const char *expected);

G_END_DECLS
