/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recorded changeset applied backwards, field by field: what somebody
 * changed later stays. Each change either alters exactly one row or is named
 * in the list of what was kept; nothing passes silently.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define CHECK_EVERY 4096

typedef struct
{
  char *name;
  guint n_columns;      /* those that the changes know: later versions may have appended some */
  char **columns;
  gboolean *key;
  int batch;            /* index of that column, or −1 */
  int external_id;
  char *where;          /* "k1" = ?1 AND … */
  char *select;
  char *insert;
  char *delete;
} Table;

struct _QdHistoryApply
{
  QdDb *db;
  QdJob *job;
  GPtrArray *kept;      /* char*, nullable */
  GHashTable *tables;   /* name/columns → Table */
  Table *last;          /* that was asked for */
  GHashTable *taken;    /* rows that the batch only took over */
  GHashTable *own;      /* rows of the batch itself: they go without a word */
  gint64 batch;
  GHashTable *undone;   /* field → GPtrArray of Overwrite, newest first; NULL: none */
  GHashTable *others;   /* row → name of the one that had its number when the entry was made */
  char *occupant;       /* key of a row that stands where one should have come back */
  gint64 occupant_batch;
};

/* What an older entry, undone in the meantime, had written over what. */
typedef struct
{
  sqlite3_value *before;
  sqlite3_value *after;
} Overwrite;

static void
overwrite_free (gpointer data)
{
  Overwrite *overwrite = data;

  sqlite3_value_free (overwrite->before);
  sqlite3_value_free (overwrite->after);
  g_free (overwrite);
}

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->name);
  g_strfreev (table->columns);
  g_free (table->key);
  g_free (table->where);
  g_free (table->select);
  g_free (table->insert);
  g_free (table->delete);
  g_free (table);
}

static Table *
read_table (QdHistoryApply *self,
            const char     *name,
            int             n_columns,
            GError        **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GString) where = NULL;
  g_autoptr (GString) list = NULL;
  g_autoptr (GString) marks = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *key = NULL;
  Table *table = self->last;
  int n_keys = 0;

  if (table != NULL && table->n_columns == (guint) n_columns && strcmp (table->name, name) == 0)
    return table;
  quoted = qd_db_quote (name);
  key = g_strdup_printf ("%s/%d", name, n_columns);
  table = self->last = g_hash_table_lookup (self->tables, key);
  if (table != NULL)
    return table;
  stmt = qd_db_statement (self->db, "table-columns", error);
  if (stmt == NULL)
    return NULL;
  table = g_new0 (Table, 1);
  table->name = g_strdup (name);
  table->n_columns = (guint) n_columns;
  table->key = g_new0 (gboolean, (gsize) n_columns);
  table->batch = table->external_id = -1;
  columns = g_ptr_array_new_with_free_func (g_free);
  where = g_string_new (NULL);
  list = g_string_new (NULL);
  marks = g_string_new (NULL);
  qd_stmt_bind_text (stmt, 1, name, -1);
  for (int i = 0; i < n_columns; i++)
    {
      g_autofree char *column = NULL;
      const char *text;
      gboolean row = FALSE;

      if (!qd_stmt_step (stmt, &row, error) || !row)
        {
          table_free (table);
          if (error != NULL && *error == NULL)
            g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                                 _ ("The tables have changed since; this can no longer be undone."));
          return NULL;
        }
      text = (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0);
      table->key[i] = sqlite3_column_int (qd_stmt_get_handle (stmt), 1) > 0;
      column = qd_db_quote (text);
      if (strcmp (text, "batch") == 0)
        table->batch = i;
      if (strcmp (text, "external_id") == 0)
        table->external_id = i;
      if (table->key[i])
        g_string_append_printf (where, "%s%s = ?%d", where->len > 0 ? " AND " : "", column, ++n_keys);
      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", column);
      g_string_append_printf (marks, "%s?%d", i > 0 ? ", " : "", i + 1);
      g_ptr_array_add (columns, g_strdup (text));
    }
  g_ptr_array_add (columns, NULL);
  table->columns = (char **) g_ptr_array_free (g_steal_pointer (&columns), FALSE);
  table->where = g_strdup (where->str);
  table->select = g_strdup_printf ("SELECT %s FROM %s WHERE %s", list->str, quoted, where->str);
  table->insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", quoted, list->str, marks->str);
  table->delete = g_strdup_printf ("DELETE FROM %s WHERE %s", quoted, where->str);
  g_hash_table_insert (self->tables, g_steal_pointer (&key), table);
  self->last = table;
  return table;
}

/* One change of a changeset, with its values. */
typedef struct
{
  sqlite3_changeset_iter *iter;
  Table *table;
  int op;
} Change;

static sqlite3_value *
value_before (const Change *change,
              guint         column)
{
  sqlite3_value *value = NULL;

  if (change->op != SQLITE_INSERT)
    sqlite3changeset_old (change->iter, (int) column, &value);
  return value;
}

static sqlite3_value *
value_after (const Change *change,
             guint         column)
{
  sqlite3_value *value = NULL;

  if (change->op != SQLITE_DELETE)
    sqlite3changeset_new (change->iter, (int) column, &value);
  return value;
}

static sqlite3_value *
value_key (const Change *change,
           guint         column)
{
  return change->op == SQLITE_INSERT ? value_after (change, column) : value_before (change, column);
}

static void
bind_value (QdStmt        *stmt,
            int            index,
            sqlite3_value *value)
{
  int rc = value ? sqlite3_bind_value (qd_stmt_get_handle (stmt), index, value)
                 : sqlite3_bind_null (qd_stmt_get_handle (stmt), index);

  if (rc != SQLITE_OK)
    g_critical ("a recorded value cannot be bound: %s", sqlite3_errstr (rc));
}

/* Binds the primary key at ?@first and up. */
static void
bind_key (QdStmt       *stmt,
          int           first,
          const Change *change)
{
  for (guint i = 0; i < change->table->n_columns; i++)
    if (change->table->key[i])
      bind_value (stmt, first++, value_key (change, i));
}

/* The row that the change is about, as it is now. @row: whether there is one. */
static QdStmt *
look_up (QdHistoryApply *self,
         const Change   *change,
         gboolean       *row,
         GError        **error)
{
  g_autoptr (QdStmt) look = qd_db_prepare (self->db, change->table->select, error);

  if (look == NULL)
    return NULL;
  bind_key (look, 1, change);
  return qd_stmt_step (look, row, error) ? g_steal_pointer (&look) : NULL;
}

static gboolean
same_value (sqlite3_value *a,
            sqlite3_value *b)
{
  int type = sqlite3_value_type (a);

  if (type != sqlite3_value_type (b))
    return FALSE;
  switch (type)
    {
    case SQLITE_INTEGER:
      return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);
    case SQLITE_FLOAT:
      return sqlite3_value_double (a) == sqlite3_value_double (b);
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      return sqlite3_value_bytes (a) == sqlite3_value_bytes (b) &&
             memcmp (sqlite3_value_blob (a), sqlite3_value_blob (b), (gsize) sqlite3_value_bytes (a)) == 0;
    default:
      return TRUE;
    }
}

static gboolean
holds_value (sqlite3_stmt  *row,
             int            column,
             sqlite3_value *value)
{
  int type = sqlite3_column_type (row, column);
  int length;

  if (type != sqlite3_value_type (value))
    return FALSE;
  switch (type)
    {
    case SQLITE_INTEGER:
      return sqlite3_column_int64 (row, column) == sqlite3_value_int64 (value);
    case SQLITE_FLOAT:
      return sqlite3_column_double (row, column) == sqlite3_value_double (value);
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      length = sqlite3_column_bytes (row, column);
      return length == sqlite3_value_bytes (value) &&
             (length == 0 ||
              memcmp (sqlite3_column_blob (row, column), sqlite3_value_blob (value), (gsize) length) == 0);
    default:
      return TRUE;
    }
}

/* What gives, in SQL, the key of a row of @table by which changes name it. */
char *
qd_history_key_expression (QdDb       *db,
                           const char *table,
                           const char *alias)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "table-columns", NULL);
  GString *text = g_string_new (NULL);
  gboolean row = stmt != NULL;

  if (stmt != NULL)
    qd_stmt_bind_text (stmt, 1, table, -1);
  while (row && qd_stmt_step (stmt, &row, NULL) && row)
    if (sqlite3_column_int (qd_stmt_get_handle (stmt), 1) > 0)
      {
        g_autofree char *column = qd_db_quote ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));

        g_string_append_printf (text, "%s%s.%s", text->len > 0 ? " || ', ' || " : "", alias, column);
      }
  return g_string_free (text, FALSE);
}

/* @key: the values of the primary key, in the order of the columns, joined by ", " */
char *
qd_history_row_key (const char *table,
                    const char *key)
{
  return g_strdup_printf ("%s\x1f%s", table, key);
}

static char *
key_text (const Change *change)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < change->table->n_columns; i++)
    if (change->table->key[i])
      {
        const char *part = (const char *) sqlite3_value_text (value_key (change, i));

        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part ? part : "");
      }
  return g_string_free (text, FALSE);
}

/* Names the row for good, also in changes that know fewer columns of it. */
static char *
row_key (const Change *change)
{
  g_autofree char *key = key_text (change);

  return qd_history_row_key (change->table->name, key);
}

char *
qd_history_field_key (const char *table,
                      const char *key,
                      guint       column)
{
  return g_strdup_printf ("%s\x1f%s\x1f%u", table, key, column);
}

static char *
field_key (const Change *change,
           guint         column)
{
  g_autofree char *key = key_text (change);

  return qd_history_field_key (change->table->name, key, column);
}

/* The column of that name, −1: there is none. */
static int
find_column (const Table *table,
             const char  *name)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (strcmp (table->columns[i], name) == 0)
      return (int) i;
  return -1;
}

/* How a person knows the row: its name, the external id that the change or the row carries, else the key. */
static char *
row_name (const Change *change,
          sqlite3_stmt *row)
{
  int column = change->table->external_id;
  int named = find_column (change->table, "name");
  sqlite3_value *value = NULL;
  const char *text = NULL;

  if (named >= 0 && row != NULL)
    text = (const char *) sqlite3_column_text (row, named);
  if (text != NULL && *text != '\0')
    return g_strdup (text);
  text = NULL;
  if (column >= 0 && row != NULL)
    text = (const char *) sqlite3_column_text (row, column);
  if (column >= 0 && text == NULL)
    value = value_key (change, (guint) column);
  if (value != NULL)
    text = (const char *) sqlite3_value_text (value);
  return text != NULL ? g_strdup (text) : key_text (change);
}

static void
keep_named (QdHistoryApply *self,
            const Change   *change,
            const char     *name,
            const char     *what)
{
  g_autofree char *text = NULL;

  if (self->kept == NULL)
    return;
  /* Translators: what is kept as it is: kind of record, its name, the field */
  text = g_strdup_printf (_ ("%s “%s”: %s"), qd_history_table_title (change->table->name), name, what);
  /* an amount is two columns */
  if (self->kept->len == 0 || strcmp (self->kept->pdata[self->kept->len - 1], text) != 0)
    g_ptr_array_add (self->kept, g_steal_pointer (&text));
}

static void
keep (QdHistoryApply *self,
      const Change   *change,
      sqlite3_stmt   *row,
      const char     *what)
{
  g_autofree char *name = row_name (change, row);

  keep_named (self, change, name, what);
}

/* The value is said where it is a text: days and amounts are not kept as people read them. */
static void
keep_column (QdHistoryApply *self,
             const Change   *change,
             sqlite3_stmt   *row,
             guint           column)
{
  const char *title = qd_history_column_title (change->table->columns[column]);
  g_autofree char *said = NULL;

  if (sqlite3_column_type (row, (int) column) == SQLITE_TEXT)
    /* Translators: what a later edit changed: a field, and the value that it has now */
    said = g_strdup_printf (_ ("%s, now “%s”"), title, (const char *) sqlite3_column_text (row, (int) column));
  keep (self, change, row, said != NULL ? said : title);
}

QdHistoryApply *
qd_history_apply_new (QdDb      *db,
                      QdJob     *job,
                      GPtrArray *kept)
{
  QdHistoryApply *self = g_new0 (QdHistoryApply, 1);

  self->db = db;
  self->job = job;
  self->kept = kept;
  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, table_free);
  return self;
}

void
qd_history_apply_free (QdHistoryApply *self)
{
  g_clear_pointer (&self->undone, g_hash_table_unref);
  g_free (self->occupant);
  g_hash_table_unref (self->others);
  g_hash_table_unref (self->own);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->tables);
  g_free (self);
}

typedef gboolean (*ChangeFunc) (QdHistoryApply *self, const Change *change, gpointer data, GError **error);

/* Calls @func for the changes of kind @op (0: all). Adds their number to @n, that of all changes to @total. */
static gboolean
each_change (QdHistoryApply *self,
             gconstpointer   changes,
             int             length,
             int             op,
             ChangeFunc      func,
             gpointer        data,
             guint64        *n,
             guint64        *total,
             GError        **error)
{
  sqlite3_changeset_iter *iter = NULL;
  QdHistoryCounts counts;
  guint64 count = 0;
  gboolean ok = TRUE;
  int rc;

  if (changes == NULL)
    return TRUE;
  if (!qd_history_scan (changes, length, NULL, NULL, &counts, error))
    return FALSE;
  if (total != NULL)
    *total += counts.insertions + counts.updates + counts.deletions;
  if ((op == SQLITE_INSERT && counts.insertions == 0) || (op == SQLITE_UPDATE && counts.updates == 0) ||
      (op == SQLITE_DELETE && counts.deletions == 0))
    return TRUE;
  rc = sqlite3changeset_start (&iter, length, (void *) changes);
  while (ok && rc == SQLITE_OK && (rc = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      Change change = { .iter = iter };
      const char *name;
      int n_columns, indirect;

      rc = sqlite3changeset_op (iter, &name, &n_columns, &change.op, &indirect);
      if (rc != SQLITE_OK || (op != 0 && change.op != op))
        continue;
      change.table = read_table (self, name, n_columns, error);
      ok = change.table != NULL && (++count % CHECK_EVERY != 0 || qd_job_check (self->job, error)) &&
           func (self, &change, data, error);
    }
  if (iter != NULL)
    sqlite3changeset_finalize (iter);
  if (ok && rc != SQLITE_DONE)
    return qd_sqlite_throw (NULL, rc, error);
  if (n != NULL)
    *n += count;
  return ok;
}

static gboolean
changed_one (QdHistoryApply *self,
             const Change   *change,
             GError        **error)
{
  g_autofree char *key = NULL;

  if (qd_db_changes (self->db) == 1)
    return TRUE;
  key = key_text (change);
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
               /* Translators: kind of record, its id */
               _ ("The history does not fit the data: %s “%s” could not be put back. Nothing was changed; run a check of "
                  "the workspace."),
               qd_history_table_title (change->table->name), key);
  return FALSE;
}

/* Numbers of rows that are gone are given again: what an entry says of a number must not reach whoever has it now. */

/* The table that a column points into, NULL: none. */
static const char *
find_target (const Table *table,
             guint        column)
{
  const char *name = table->columns[column];

  if (strcmp (name, "account") == 0 || strcmp (name, "parent") == 0)
    return "account";
  return strcmp (name, "product") == 0 ? "product" : NULL;
}

/* The name of the row that had the number which the value gives, where another one has it now. Else NULL. */
static const char *
find_astray (QdHistoryApply *self,
             const Table    *table,
             guint           column,
             sqlite3_value  *value)
{
  const char *target = find_target (table, column);
  g_autofree char *key = NULL;

  if (target == NULL || value == NULL || g_hash_table_size (self->others) == 0 ||
      sqlite3_value_type (value) != SQLITE_INTEGER)
    return NULL;
  key = qd_history_row_key (target, (const char *) sqlite3_value_text (value));
  return g_hash_table_lookup (self->others, key);
}

/* Whether the row under the number of a deleted one is not that one, as people know them. */
static gboolean
is_other (QdHistoryApply *self,
          const Change   *change,
          sqlite3_stmt   *row)
{
  static const char *const known_by[] = { "account", "month", "day", "product", "currency", "name", NULL };
  const Table *table = change->table;
  sqlite3_value *id = table->external_id >= 0 ? value_before (change, (guint) table->external_id) : NULL;

  if (id != NULL && sqlite3_value_type (id) != SQLITE_NULL)
    return !holds_value (row, table->external_id, id);
  for (guint i = 0; i < table->n_columns; i++)
    if (g_strv_contains (known_by, table->columns[i]) &&
        (!holds_value (row, (int) i, value_before (change, i)) ||
         find_astray (self, table, i, value_before (change, i)) != NULL))
      return TRUE;
  return FALSE;
}

static gboolean
note_other (QdHistoryApply *self,
            const Change   *change,
            gpointer        data,
            GError        **error)
{
  gboolean parent = strcmp (change->table->name, "account") == 0 || strcmp (change->table->name, "product") == 0;
  g_autoptr (QdStmt) look = NULL;
  g_autofree char *key = NULL;
  gboolean row;

  if (parent != GPOINTER_TO_INT (data))
    return TRUE;
  look = look_up (self, change, &row, error);
  if (look == NULL)
    return FALSE;
  if (!row)
    return TRUE;
  key = row_key (change);
  /* The entries come backwards: the first deletion, which is seen last, tells who had the number then. */
  if (is_other (self, change, qd_stmt_get_handle (look)))
    g_hash_table_insert (self->others, g_steal_pointer (&key), row_name (change, NULL));
  else
    g_hash_table_remove (self->others, key);
  return TRUE;
}

/* Accounts and products that a later entry deleted. The newest entry first, and before the other tables: what points at
 * them is another one where they are. */
gboolean
qd_history_apply_find_other_parents (QdHistoryApply *self,
                                     gconstpointer   changes,
                                     int             length,
                                     GError        **error)
{
  return each_change (self, changes, length, SQLITE_DELETE, note_other, GINT_TO_POINTER (TRUE), NULL, NULL, error);
}

gboolean
qd_history_apply_find_others (QdHistoryApply *self,
                              gconstpointer   changes,
                              int             length,
                              GError        **error)
{
  return each_change (self, changes, length, SQLITE_DELETE, note_other, GINT_TO_POINTER (FALSE), NULL, NULL, error);
}

/* The name of the row that the change is about, where another one has its number now. Else NULL. */
static const char *
find_former (QdHistoryApply *self,
             const Change   *change)
{
  g_autofree char *key = NULL;

  if (g_hash_table_size (self->others) == 0)
    return NULL;
  key = row_key (change);
  return g_hash_table_lookup (self->others, key);
}

static gboolean
undo_insert (QdHistoryApply *self,
             const Change   *change,
             gpointer        data,
             GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_prepare (self->db, change->table->delete, error);
  const char *former = find_former (self, change);

  if (stmt == NULL)
    return FALSE;
  if (former != NULL)
    {
      keep_named (self, change, former, _ ("is gone already"));
      return TRUE;
    }
  bind_key (stmt, 1, change);
  if (!qd_stmt_run (stmt, error))
    return FALSE;
  if (qd_db_changes (self->db) == 0)
    {
      keep (self, change, NULL, _ ("is gone already"));
      return TRUE;
    }
  return changed_one (self, change, error);
}

/* The row that stands where one shall come back: notes which it is, for who asks. Its import, or 0. */
static gint64
find_occupant (QdHistoryApply *self,
               const Change   *change)
{
  const Table *table = change->table;
  gboolean named = table->external_id >= 0 && !table->key[table->external_id];
  g_autofree char *quoted = qd_db_quote (table->name);
  g_autofree char *key = qd_history_key_expression (self->db, table->name, quoted);
  g_autofree char *sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE %s%s LIMIT 1", key, table->batch >= 0 ? "batch" : "0",
                                          quoted, table->where, named ? " OR external_id = ?9" : "");
  g_autoptr (QdStmt) stmt = qd_db_prepare (self->db, sql, NULL);
  gboolean row = FALSE;

  if (stmt == NULL)
    return 0;
  bind_key (stmt, 1, change);
  if (named)
    bind_value (stmt, 9, value_before (change, (guint) table->external_id));
  if (!qd_stmt_step (stmt, &row, NULL) || !row)
    return 0;
  g_free (self->occupant);
  self->occupant = qd_history_row_key (table->name, (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));
  self->occupant_batch = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 1);
  return self->occupant_batch;
}

static gboolean
refuse_return (const char *table,
               const char *name,
               gint64      batch,
               GError    **error)
{
  if (batch > 0)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
                 /* Translators: kind of record, its id, number of an import */
                 _ ("%s “%s” cannot come back: import %" PRId64 " has brought one in its place. Undo that "
                    "import first."),
                 qd_history_table_title (table), name, batch);
  else
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
                 /* Translators: kind of record, its id */
                 _ ("%s “%s” cannot come back: a later change has put one in its place. Undo that change first."),
                 qd_history_table_title (table), name);
  return FALSE;
}

/* A row that would come back to an account or product whose number another one has now. */
static gboolean
refuse_astray (QdHistoryApply *self,
               const Change   *change,
               guint           column,
               const char     *former,
               GError        **error)
{
  const char *target = find_target (change->table, column);
  g_autofree char *quoted = qd_db_quote (target);
  g_autofree char *sql = g_strdup_printf ("SELECT batch FROM %s WHERE id = ?1", quoted);
  g_autoptr (QdStmt) stmt = qd_db_prepare (self->db, sql, error);
  sqlite3_value *value = value_before (change, column);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  bind_value (stmt, 1, value);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  g_free (self->occupant);
  self->occupant = qd_history_row_key (target, (const char *) sqlite3_value_text (value));
  self->occupant_batch = row ? sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0) : 0;
  return refuse_return (target, former, self->occupant_batch, error);
}

static gboolean
undo_delete (QdHistoryApply *self,
             const Change   *change,
             gpointer        data,
             GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_prepare (self->db, change->table->insert, error);
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < change->table->n_columns; i++)
    {
      const char *former = find_astray (self, change->table, i, value_before (change, i));

      if (former != NULL)
        return refuse_astray (self, change, i, former, error);
      bind_value (stmt, (int) i + 1, value_before (change, i));
    }
  if (qd_stmt_run (stmt, &problem))
    return changed_one (self, change, error);
  if (!g_error_matches (problem, QD_STORE_ERROR, QD_STORE_ERROR_CONSTRAINT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  name = row_name (change, NULL);
  return refuse_return (change->table->name, name, find_occupant (self, change), error);
}

/* The value before, unless that was written by an entry that has been undone since. */
static sqlite3_value *
find_origin (QdHistoryApply *self,
             const Change   *change,
             guint           column)
{
  sqlite3_value *value = value_before (change, column);
  g_autofree char *key = NULL;
  GPtrArray *overwrites;

  if (self->undone == NULL)
    return value;
  key = field_key (change, column);
  overwrites = g_hash_table_lookup (self->undone, key);
  for (guint i = 0; overwrites != NULL && i < overwrites->len; i++)
    {
      Overwrite *overwrite = g_ptr_array_index (overwrites, i);

      if (same_value (overwrite->after, value))
        value = overwrite->before;
    }
  return value;
}

/* Where a row came from is not what it says. */
static gboolean
is_of_people (const Table *table,
              guint        column)
{
  return (int) column != table->batch && strcmp (table->columns[column], "line") != 0;
}

static gboolean
undo_update (QdHistoryApply *self,
             const Change   *change,
             gpointer        data,
             GError        **error)
{
  const Table *table = change->table;
  g_autoptr (QdStmt) look = NULL;
  g_autoptr (QdStmt) stmt = NULL;
  g_autoptr (GString) sql = NULL;
  g_autofree guint *columns = g_new (guint, table->n_columns);
  g_autofree char *quoted = qd_db_quote (table->name);
  const char *former = find_former (self, change);
  GError *problem = NULL;
  gboolean row;
  int n = 0, n_keys = 0;

  if (former != NULL)
    {
      keep_named (self, change, former, _ ("was deleted later"));
      return TRUE;
    }
  look = look_up (self, change, &row, error);
  if (look == NULL)
    return FALSE;
  if (!row)
    {
      g_autofree char *key = row_key (change);

      if (!g_hash_table_contains (self->own, key))
        keep (self, change, NULL, _ ("was deleted later"));
      return TRUE;
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (table->key[i])
        n_keys++;
      if (table->key[i] || value_after (change, i) == NULL)
        continue;
      if (holds_value (qd_stmt_get_handle (look), (int) i, value_after (change, i)) &&
          find_astray (self, table, i, find_origin (self, change, i)) == NULL)
        columns[n++] = i;
      else if (is_of_people (table, i))
        keep_column (self, change, qd_stmt_get_handle (look), i);
    }
  if (n == 0)
    return TRUE;

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "UPDATE %s SET ", quoted);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *column = qd_db_quote (table->columns[columns[i]]);

      g_string_append_printf (sql, "%s%s = ?%d", i > 0 ? ", " : "", column, n_keys + i + 1);
    }
  g_string_append_printf (sql, " WHERE %s", table->where);
  stmt = qd_db_prepare (self->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  bind_key (stmt, 1, change);
  for (int i = 0; i < n; i++)
    bind_value (stmt, n_keys + i + 1, find_origin (self, change, columns[i]));
  if (qd_stmt_run (stmt, &problem))
    return changed_one (self, change, error);
  if (g_error_matches (problem, QD_STORE_ERROR, QD_STORE_ERROR_CONSTRAINT))
    {
      g_autofree char *name = row_name (change, qd_stmt_get_handle (look));

      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
                   /* Translators: kind of record, its id, what SQLite says */
                   _ ("%s “%s” cannot get its former values back because of later changes. %s"),
                   qd_history_table_title (table->name), name, problem->message);
      g_error_free (problem);
    }
  else
    g_propagate_error (error, problem);
  return FALSE;
}

gboolean
qd_history_apply_backwards (QdHistoryApply *self,
                            gconstpointer   changes,
                            int             length,
                            gboolean        record_all,
                            GError        **error)
{
  guint64 total = 0, done = 0;
  gboolean ok;

  /* Deletions first and insertions last, so that unique names are free when they are needed. */
  if (!each_change (self, changes, length, SQLITE_INSERT, undo_insert, NULL, &done, &total, error) ||
      !each_change (self, changes, length, SQLITE_UPDATE, undo_update, NULL, &done, NULL, error))
    return FALSE;
  if (!record_all)
    qd_history_record (self->db, FALSE);
  ok = each_change (self, changes, length, SQLITE_DELETE, undo_delete, NULL, &done, NULL, error);
  if (!record_all)
    qd_history_record (self->db, TRUE);
  if (!ok)
    return FALSE;
  if (total == done)
    return TRUE;
  g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                       _ ("The history does not fit the data. Nothing was changed; run a check of the workspace."));
  return FALSE;
}

static gboolean
note_overwritten (QdHistoryApply *self,
                  const Change   *change,
                  gpointer        data,
                  GError        **error)
{
  const Table *table = change->table;
  g_autoptr (QdStmt) look = NULL;
  g_autofree char *key = row_key (change);
  GHashTable *overwritten = data;
  gboolean row;

  if (find_former (self, change) != NULL)
    return TRUE;
  look = look_up (self, change, &row, error);
  if (look == NULL)
    return FALSE;
  if (!row && !g_hash_table_contains (self->own, key))
    g_hash_table_add (overwritten, g_steal_pointer (&key));
  for (guint i = 0; row && i < table->n_columns; i++)
    if (!table->key[i] && value_after (change, i) != NULL && is_of_people (table, i) &&
        !holds_value (qd_stmt_get_handle (look), (int) i, value_after (change, i)))
      g_hash_table_add (overwritten, field_key (change, i));
  return TRUE;
}

/* What undoing would leave as it is: rows and fields of which a later change took hold, into the set @overwritten. */
gboolean
qd_history_apply_find_overwritten (QdHistoryApply *self,
                                   gconstpointer   changes,
                                   int             length,
                                   GHashTable     *overwritten,
                                   GError        **error)
{
  return each_change (self, changes, length, SQLITE_UPDATE, note_overwritten, overwritten, NULL, NULL, error);
}

char *
qd_history_apply_steal_occupant (QdHistoryApply *self,
                                 gint64         *batch)
{
  *batch = self->occupant_batch;
  return g_steal_pointer (&self->occupant);
}

static gboolean
hand_back_row (QdHistoryApply *self,
               const Change   *change,
               gpointer        data,
               GError        **error)
{
  const Table *table = change->table;
  g_autofree char *quoted = qd_db_quote (table->name);
  g_autofree char *sql = NULL;
  g_autoptr (QdStmt) stmt = NULL;
  int n_keys = 0;

  if (table->batch < 0 || find_former (self, change) != NULL)
    return TRUE;
  for (guint i = 0; i < table->n_columns; i++)
    n_keys += table->key[i];
  if (value_after (change, (guint) table->batch) == NULL)
    {
      gboolean row;

      stmt = look_up (self, change, &row, error);
      if (stmt == NULL)
        return FALSE;
      if (row && sqlite3_column_int64 (qd_stmt_get_handle (stmt), table->batch) == self->batch)
        g_hash_table_add (self->own, row_key (change));
      return TRUE;
    }
  g_hash_table_add (self->taken, row_key (change));
  sql = g_strdup_printf ("UPDATE %s SET batch = ?%d WHERE %s AND batch = ?%d", quoted, n_keys + 1, table->where,
                         n_keys + 2);
  stmt = qd_db_prepare (self->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  bind_key (stmt, 1, change);
  bind_value (stmt, n_keys + 1, find_origin (self, change, (guint) table->batch));
  qd_stmt_bind_integer (stmt, n_keys + 2, self->batch);
  return qd_stmt_run (stmt, error);
}

gboolean
qd_history_apply_hand_back (QdHistoryApply *self,
                            gint64          batch,
                            gconstpointer   changes,
                            int             length,
                            GError        **error)
{
  self->batch = batch;
  return each_change (self, changes, length, SQLITE_UPDATE, hand_back_row, NULL, NULL, NULL, error);
}

static gboolean
remember_overwrite (QdHistoryApply *self,
                    const Change   *change,
                    gpointer        data,
                    GError        **error)
{
  for (guint i = 0; i < change->table->n_columns; i++)
    {
      GPtrArray *overwrites;
      Overwrite *overwrite;
      char *key;

      if (change->table->key[i] || value_after (change, i) == NULL)
        continue;
      key = field_key (change, i);
      overwrites = g_hash_table_lookup (self->undone, key);
      if (overwrites == NULL)
        {
          overwrites = g_ptr_array_new_with_free_func (overwrite_free);
          g_hash_table_insert (self->undone, key, overwrites);
        }
      else
        g_free (key);
      overwrite = g_new0 (Overwrite, 1);
      overwrite->before = sqlite3_value_dup (value_before (change, i));
      overwrite->after = sqlite3_value_dup (value_after (change, i));
      g_ptr_array_add (overwrites, overwrite);
    }
  return TRUE;
}

/* Tells of an older entry that was undone while a newer one held on to some of its fields. Newest first. */
gboolean
qd_history_apply_add_undone (QdHistoryApply *self,
                             gconstpointer   changes,
                             int             length,
                             GError        **error)
{
  if (self->undone == NULL)
    self->undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return each_change (self, changes, length, SQLITE_UPDATE, remember_overwrite, NULL, NULL, NULL, error);
}

static gboolean
note_released (QdHistoryApply *self,
               const Change   *change,
               gpointer        data,
               GError        **error)
{
  const Table *table = change->table;
  GHashTable *released = data;
  g_autoptr (QdStmt) look = NULL;
  gboolean row;

  for (guint i = 0; i < table->n_columns; i++)
    {
      if (table->key[i] || find_target (table, i) == NULL || value_after (change, i) == NULL ||
          find_former (self, change) != NULL)
        continue;
      if (look == NULL)
        look = look_up (self, change, &row, error);
      if (look == NULL)
        return FALSE;
      if (row && holds_value (qd_stmt_get_handle (look), (int) i, value_after (change, i)))
        g_hash_table_add (released, field_key (change, i));
    }
  return TRUE;
}

/* The fields that point at other rows because the entry says so, and that it takes back, into the set @released. */
gboolean
qd_history_apply_find_released (QdHistoryApply *self,
                                gconstpointer   changes,
                                int             length,
                                GHashTable     *released,
                                GError        **error)
{
  return each_change (self, changes, length, SQLITE_UPDATE, note_released, released, NULL, NULL, error);
}

/* Whose rows a changeset touches. */

typedef struct
{
  QdHistoryTouch touch;
  GHashTable *wanted;
  gpointer data;
} TouchCall;

/* Whether it changes one of the fields that are asked for. */
static gboolean
has_wanted_field (const Change *change,
                  GHashTable   *wanted)
{
  if (wanted == NULL || g_hash_table_size (wanted) == 0)
    return FALSE;
  for (guint i = 0; change->op == SQLITE_UPDATE && i < change->table->n_columns; i++)
    {
      g_autofree char *field = NULL;

      if (change->table->key[i] || value_after (change, i) == NULL)
        continue;
      field = field_key (change, i);
      if (g_hash_table_contains (wanted, field))
        return TRUE;
    }
  return FALSE;
}

static gboolean
report_touch (QdHistoryApply *self,
              const Change   *change,
              gpointer        data,
              GError        **error)
{
  const Table *table = change->table;
  TouchCall *call = data;
  g_autofree char *key = row_key (change);
  g_autoptr (QdStmt) look = NULL;
  QdHistoryTouched touched = { .op = change->op, .table = table->name, .key = key };
  gboolean row = FALSE;

  if (change->op == SQLITE_UPDATE && table->batch >= 0)
    {
      look = look_up (self, change, &row, error);
      if (look == NULL)
        return FALSE;
    }
  for (guint i = 0; change->op != SQLITE_INSERT && i < table->n_columns; i++)
    {
      sqlite3_value *before = value_before (change, i);

      if (table->key[i] && before != NULL)
        touched.id = sqlite3_value_int64 (before);
      /* What it was before: recorded when it changed, else as it is now. */
      if ((int) i == table->batch)
        touched.batch = before ? sqlite3_value_int64 (before)
                               : row ? sqlite3_column_int64 (qd_stmt_get_handle (look), (int) i) : 0;
      if (strcmp (table->columns[i], "implied") == 0)
        touched.implied = before ? sqlite3_value_int (before) != 0
                                 : row && sqlite3_column_int (qd_stmt_get_handle (look), (int) i) != 0;
    }
  if (g_hash_table_contains (self->taken, key))
    touched.batch = 0;
  touched.field = has_wanted_field (change, call->wanted);
  touched.wanted = touched.field || (call->wanted != NULL && g_hash_table_contains (call->wanted, key));
  call->touch (&touched, call->data);
  return TRUE;
}

gboolean
qd_history_apply_each_touch (QdHistoryApply *self,
                             gconstpointer   changes,
                             int             length,
                             int             op,
                             GHashTable     *wanted,
                             QdHistoryTouch  touch,
                             gpointer        data,
                             GError        **error)
{
  TouchCall call = { touch, wanted, data };

  return each_change (self, changes, length, op, report_touch, &call, NULL, NULL, error);
}
