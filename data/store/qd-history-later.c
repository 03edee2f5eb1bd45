/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who stands on an entry that is to be undone: later entries in force that
 * changed rows which would go, or brought rows that point at such. Whoever
 * takes the later ones back as well also asks for those that changed a field
 * since: they would keep it.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-message.h"
#include "qd-history-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAMED 8

/* A later entry that changed an account or product which was only mentioned then. */
typedef struct
{
  char *table;
  gint64 id;
  gint64 entry;
  char *blocker;
} Guest;

struct _QdHistoryLater
{
  QdDb *db;
  QdHistoryApply *apply;
  const QdHistoryRecord *entry;
  gint64 batch;            /* whose rows go; 0: none */
  GHashTable *standing;    /* nullable: gint64 of entries */
  GHashTable *rows;        /* keys of recorded rows that go */
  GHashTable *wanted;      /* keys of rows and fields that somebody took hold of */
  GHashTable *released;    /* keys of fields that point at rows because the entry itself says so */
  GHashTable *filled;      /* accounts and products that were implied and that a later entry filled in, or changed */
  GArray *guests;          /* Guest */
  GPtrArray *blockers;     /* char* */
  gboolean touched;        /* by the entry that is being looked at */
  guint n_settled;         /* guests of the entries before it */
};

static void
guest_clear (gpointer data)
{
  Guest *guest = data;

  g_free (guest->table);
  g_free (guest->blocker);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

QdHistoryLater *
qd_history_later_new (QdDb                  *db,
                      QdHistoryApply        *apply,
                      const QdHistoryRecord *entry,
                      gint64                 batch,
                      GHashTable            *standing)
{
  QdHistoryLater *self = g_new0 (QdHistoryLater, 1);

  self->db = db;
  self->apply = apply;
  self->entry = entry;
  self->batch = batch;
  self->standing = standing;
  self->rows = new_set ();
  self->wanted = new_set ();
  self->released = new_set ();
  self->filled = new_set ();
  self->blockers = g_ptr_array_new_with_free_func (g_free);
  self->guests = g_array_new (FALSE, TRUE, sizeof (Guest));
  g_array_set_clear_func (self->guests, guest_clear);
  return self;
}

void
qd_history_later_free (QdHistoryLater *self)
{
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->released);
  g_hash_table_unref (self->filled);
  g_ptr_array_unref (self->blockers);
  g_array_unref (self->guests);
  g_free (self);
}

static void
collect_row (const QdHistoryTouched *row,
             gpointer                data)
{
  QdHistoryLater *self = data;

  g_hash_table_add (self->rows, g_strdup (row->key));
}

static void
look_at_touch (const QdHistoryTouched *row,
               gpointer                data)
{
  QdHistoryLater *self = data;
  g_autofree char *name = NULL;

  if (row->wanted)
    self->touched = TRUE;
  if (row->op == SQLITE_INSERT)
    return;
  if (g_hash_table_contains (self->rows, row->key))
    self->touched = TRUE;
  if (row->implied && row->op == SQLITE_UPDATE)
    {
      Guest guest = { g_strdup (row->table), row->id, 0, NULL };

      g_array_append_val (self->guests, guest);
    }
  if (self->batch == 0 || row->batch != self->batch)
    return;
  /* The entries come in their order: once filled in, the row is no longer the batch's. */
  name = g_strdup_printf ("%s %" G_GINT64_FORMAT, row->table, row->id);
  if (row->implied)
    g_hash_table_add (self->filled, g_steal_pointer (&name));
  else if (!g_hash_table_contains (self->filled, name))
    self->touched = TRUE;
}

static void
look_for_bringer (const QdHistoryTouched *row,
                  gpointer                data)
{
  QdHistoryLater *self = data;

  if (row->op == SQLITE_INSERT ? row->wanted : row->field)
    self->touched = TRUE;
}

static void
add_standing (QdHistoryLater *self,
              gint64          entry)
{
  if (self->standing != NULL)
    g_hash_table_add (self->standing, g_memdup2 (&entry, sizeof entry));
}

/* The import that brought a row, if it came later: an older one has only been redone since. FALSE: it is older. */
static gboolean
add_import (QdHistoryLater *self,
            gint64          batch)
{
  gint64 entry = qd_history_find_batch (self->db, batch, NULL);

  if (entry <= self->entry->id)
    return FALSE;
  add_standing (self, entry);
  return TRUE;
}

/* @blocker: (transfer full): once, though an entry may have been redone. */
static void
add_blocker (QdHistoryLater *self,
             gint64          entry,
             char           *blocker)
{
  add_standing (self, entry);
  if (g_ptr_array_find_with_equal_func (self->blockers, blocker, g_str_equal, NULL))
    g_free (blocker);
  else
    g_ptr_array_add (self->blockers, blocker);
}

static char *
describe_batch (QdDb  *db,
                gint64 batch,
                gint64 count)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "batch-describe", NULL);
  g_autofree char *rows = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'" PRId64 " row",
                                                        "%'" PRId64 " rows", (gulong) count),
                                           count);
  gboolean row = FALSE;

  if (batch == 0)
    /* Translators: "12 rows" */
    return g_strdup_printf (_ ("rows entered by hand (%s)"), rows);
  if (stmt != NULL)
    {
      qd_stmt_bind_integer (stmt, 1, batch);
      if (!qd_stmt_step (stmt, &row, NULL))
        row = FALSE;
    }
  if (!row)
    /* Translators: number of an import, "12 rows" */
    return g_strdup_printf (_ ("import %" PRId64 " (%s)"), batch, rows);
  /* Translators: number of an import, kind of data, name of a file, "12 rows" */
  return g_strdup_printf (_ ("import %" PRId64 " (%s, %s, %s)"), batch,
                          (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0),
                          (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1), rows);
}

/* Asks @touch about each row that a later entry in force changed; the entries of which it says so stand in the way. */
static gboolean
find_later (QdHistoryLater *self,
            QdHistoryTouch  touch,
            GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "history-later", error);
  sqlite3_stmt *handle;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), self->entry->id);
  /* When an undo is taken back, what was redone after it had been there before it: only new entries count. */
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "redone"), self->entry->kind != QD_HISTORY_UNDO);
  for (;;)
    {
      g_autofree char *summary = NULL;
      g_autofree char *blocker = NULL;
      gint64 who, batch;
      gboolean row;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      self->touched = FALSE;
      if (!qd_history_apply_each_touch (self->apply, sqlite3_column_blob (handle, 4), sqlite3_column_bytes (handle, 4), 0,
                                        self->wanted, touch, self, error))
        return FALSE;
      who = sqlite3_column_int64 (handle, 1);
      batch = sqlite3_column_int64 (handle, 2);
      if ((!self->touched && self->n_settled == self->guests->len) || who == self->entry->id)
        continue;
      summary = qd_history_message_translate ((const char *) sqlite3_column_text (handle, 3));
      if (batch != 0)
        /* Translators: number of an import, what it did */
        blocker = g_strdup_printf (_ ("import %" PRId64 " (%s)"), batch, summary);
      else
        /* Translators: number of an entry of the history, what it did */
        blocker = g_strdup_printf (_ ("entry %" PRId64 " (%s)"), who, summary);
      for (; self->n_settled < self->guests->len; self->n_settled++)
        {
          Guest *guest = &g_array_index (self->guests, Guest, self->n_settled);

          guest->entry = who;
          guest->blocker = g_strdup (blocker);
        }
      if (self->touched)
        add_blocker (self, who, g_steal_pointer (&blocker));
    }
}

/* Ids of @table in the set of those that were filled in, as a JSON array for json_each. */
char *
qd_history_later_list_filled (QdHistoryLater *self,
                              const char     *table)
{
  GString *json = g_string_new ("[");
  g_autofree char *prefix = g_strconcat (table, " ", NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->filled);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_string_append_printf (json, "%s%s", json->len > 1 ? "," : "", (const char *) key + strlen (prefix));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* The place of a column in its table, −1: there is none. */
static int
find_column (QdDb       *db,
             const char *table,
             const char *column)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "table-columns", NULL);
  gboolean row = stmt != NULL;
  int found = -1;

  if (stmt != NULL)
    qd_stmt_bind_text (stmt, 1, table, -1);
  for (int i = 0; row && qd_stmt_step (stmt, &row, NULL) && row; i++)
    if (strcmp ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0), column) == 0)
      found = i;
  return found;
}

gboolean
qd_history_has_column (QdDb       *db,
                       const char *table,
                       const char *column)
{
  return find_column (db, table, column) >= 0;
}

/* A reference between two tables. */
typedef struct
{
  const char *child;
  const char *column;
  const char *parent;
  const char *key;
} Reference;

/* Ids of the rows whose pointer the entry itself set, and takes back, as a JSON array. */
static char *
list_released (QdHistoryLater  *self,
               const Reference *reference)
{
  GString *json = g_string_new ("[");
  int column = find_column (self->db, reference->child, reference->column);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->released);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, "\x1f", 3);

      if (strcmp (parts[0], reference->child) == 0 && atoi (parts[2]) == column)
        g_string_append_printf (json, "%s%s", json->len > 1 ? "," : "", parts[1]);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* Rows of other batches in the child that point at rows of the batch in the parent. @what and @rest: what to select and
 * what comes behind the conditions. */
static QdStmt *
prepare_pointing (QdHistoryLater  *self,
                  const Reference *reference,
                  const char      *what,
                  const char      *rest,
                  GError         **error)
{
  g_autofree char *child = qd_db_quote (reference->child);
  g_autofree char *column = qd_db_quote (reference->column);
  g_autofree char *parent = qd_db_quote (reference->parent);
  g_autofree char *key = qd_db_quote (reference->key);
  g_autofree char *skip = qd_history_later_list_filled (self, reference->parent);
  g_autofree char *released = qd_history_has_column (self->db, reference->child, "id") ? list_released (self, reference) : NULL;
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s c JOIN %s p ON p.%s = c.%s WHERE p.batch = :batch AND c.batch <> :batch%s%s "
      "AND p.%s NOT IN (SELECT value FROM json_each (:skip)) %s /*scan*/",
      what, child, parent, key, column,
      qd_history_has_column (self->db, reference->parent, "implied") ? " AND p.implied = 0" : "",
      released != NULL ? " AND c.id NOT IN (SELECT value FROM json_each (:released))" : "", key, rest);
  QdStmt *stmt = qd_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), self->batch);
  /* copied: the text ends before the statement does */
  sqlite3_bind_text (qd_stmt_get_handle (stmt), qd_stmt_parameter (stmt, "skip"), skip, -1, SQLITE_TRANSIENT);
  if (released != NULL)
    sqlite3_bind_text (qd_stmt_get_handle (stmt), qd_stmt_parameter (stmt, "released"), released, -1, SQLITE_TRANSIENT);
  if (qd_stmt_parameter (stmt, "entry") != 0)
    qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "entry"), self->entry->id);
  return stmt;
}

/* Adds to @counts, by batch. */
static gboolean
count_pointing (QdHistoryLater  *self,
                const Reference *reference,
                GHashTable      *counts,
                GError         **error)
{
  g_autoptr (QdStmt) stmt = prepare_pointing (self, reference, "c.batch, count(*)", "GROUP BY c.batch", error);

  for (;;)
    {
      gint64 batch, *count;
      gboolean row;

      if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      batch = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      count = g_hash_table_lookup (counts, &batch);
      if (count == NULL)
        {
          count = g_new0 (gint64, 1);
          g_hash_table_insert (counts, g_memdup2 (&batch, sizeof batch), count);
        }
      *count += sqlite3_column_int64 (qd_stmt_get_handle (stmt), 1);
    }
}

/* Rows by hand have no batch that would say who brought them, and rows of older imports point there because a later change
 * says so: the keys of those rows and fields, which the later entries know. */
static gboolean
list_pointing (QdHistoryLater  *self,
               const Reference *reference,
               GError         **error)
{
  g_autofree char *key = qd_history_key_expression (self->db, reference->child, "c");
  g_autoptr (QdStmt) stmt = prepare_pointing (
      self, reference, key, "AND c.batch NOT IN (SELECT h.batch FROM history_entry h WHERE h.kind = 0 AND h.id > :entry)", error);
  int column = find_column (self->db, reference->child, reference->column);

  for (;;)
    {
      const char *name;
      gboolean row;

      if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      name = (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0);
      g_hash_table_add (self->wanted, qd_history_row_key (reference->child, name));
      g_hash_table_add (self->wanted, qd_history_field_key (reference->child, name, (guint) column));
    }
}

static gboolean
look_at_references (QdHistoryLater *self,
                    const char     *child,
                    GHashTable     *counts,
                    GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "table-references", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, child, -1);
  for (;;)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      Reference reference = { .child = child };
      gboolean row;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      reference.column = (const char *) sqlite3_column_text (handle, 0);
      reference.parent = (const char *) sqlite3_column_text (handle, 1);
      reference.key = (const char *) sqlite3_column_text (handle, 2);
      if (!count_pointing (self, &reference, counts, error) ||
          !list_pointing (self, &reference, error))
        return FALSE;
    }
}

static gboolean
find_pointing (QdHistoryLater *self,
               GError        **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  guint n_blockers = self->blockers->len;
  GHashTableIter iter;
  gpointer batch, count;
  gboolean found;

  for (gsize i = 0; qd_history_tables[i] != NULL; i++)
    if (qd_history_has_column (self->db, qd_history_tables[i], "batch") &&
        !look_at_references (self, qd_history_tables[i], counts, error))
      return FALSE;
  if (g_hash_table_size (self->wanted) > 0 && !find_later (self, look_for_bringer, error))
    return FALSE;
  found = self->blockers->len > n_blockers;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &batch, &count))
    {
      gint64 number = *(gint64 *) batch;

      /* An older import is named only where nobody is who made its rows point there. */
      if ((number != 0 && add_import (self, number)) || !found)
        g_ptr_array_add (self->blockers, describe_batch (self->db, number, *(gint64 *) count));
    }
  return TRUE;
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
throw_blockers (GPtrArray *blockers,
                GError   **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = MIN (blockers->len, MAX_NAMED);

  g_ptr_array_sort (blockers, compare_text);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", (const char *) g_ptr_array_index (blockers, i));
  if (blockers->len > n)
    {
      g_string_append (list, "; ");
      /* Translators: the end of a list of things */
      g_string_append_printf (list, ngettext ("%'u more", "%'u more", blockers->len - n), blockers->len - n);
    }
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
               /* Translators: a list of imports and entries */
               _ ("This cannot be undone because later changes build on it. Undo these first: %s."), list->str);
  return FALSE;
}

/* Whoever comes after the entry, in force, and stands on what would go. */
gboolean
qd_history_later_check (QdHistoryLater *self,
                        GError        **error)
{
  gboolean all = self->standing != NULL;
  const QdHistoryRecord *entry = self->entry;

  if (!qd_history_apply_each_touch (self->apply, entry->changes, entry->length, SQLITE_INSERT, NULL, collect_row, self, error))
    return FALSE;
  if (all && !qd_history_apply_find_overwritten (self->apply, entry->changes, entry->length, self->wanted, error))
    return FALSE;
  if (self->batch == 0 && g_hash_table_size (self->rows) == 0 && g_hash_table_size (self->wanted) == 0)
    return TRUE;
  if (!find_later (self, look_at_touch, error))
    return FALSE;
  g_hash_table_remove_all (self->wanted);
  if (self->batch != 0 &&
      !qd_history_apply_find_released (self->apply, entry->changes, entry->length, self->released, error))
    return FALSE;
  if (self->batch != 0 && (all || self->blockers->len == 0) && !find_pointing (self, error))
    return FALSE;
  return self->blockers->len == 0 || throw_blockers (self->blockers, error);
}

/* After the undo: whether the mentioned accounts and products that later entries changed are still there. */
gboolean
qd_history_later_check_guests (QdHistoryLater *self,
                               GError        **error)
{
  for (guint i = 0; i < self->guests->len; i++)
    {
      Guest *guest = &g_array_index (self->guests, Guest, i);
      g_autofree char *table = qd_db_quote (guest->table);
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = :id", table);
      g_autoptr (QdStmt) stmt = guest->blocker != NULL ? qd_db_prepare (self->db, sql, error) : NULL;
      gboolean row;

      if (guest->blocker == NULL) /* the entry itself, redone */
        continue;
      if (stmt == NULL)
        return FALSE;
      qd_stmt_bind_integer (stmt, 1, guest->id);
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        add_blocker (self, guest->entry, g_steal_pointer (&guest->blocker));
    }
  return self->blockers->len == 0 || throw_blockers (self->blockers, error);
}

gboolean
qd_history_later_find_bringer (QdHistoryLater *self,
                               const char     *key,
                               gint64          batch,
                               GError        **error)
{
  if (batch != 0)
    {
      add_import (self, batch);
      return TRUE;
    }
  g_hash_table_remove_all (self->wanted);
  g_hash_table_add (self->wanted, g_strdup (key));
  return find_later (self, look_for_bringer, error);
}
