/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an entry of the history changed, as people read it: from its changeset,
 * with ids of rows as ids of records and days as dates.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../metrics/qd-dimension.h"
#include "qd-workspace-edit-private.h"

static const QdColumn columns[] = {
  { "record", N_("record"), QD_COLUMN_TEXT }, { "id", N_("id"), QD_COLUMN_TEXT },
  { "field", N_("field"), QD_COLUMN_TEXT },   { "change", N_("change"), QD_COLUMN_TEXT },
  { "old", N_("before"), QD_COLUMN_TEXT },    { "new", N_("after"), QD_COLUMN_TEXT },
};

typedef struct
{
  gint64 entry;
  guint limit;
  QdTable *table;
  QdDb *db;
  char *reporting;
  GHashTable *names; /* table → GPtrArray of the names of its columns */
} Look;

/* One change of the changeset. */
typedef struct
{
  sqlite3_changeset_iter *iter;
  const char *table;
  GPtrArray *columns;
  int n_columns;
  int op;
} Change;

static GPtrArray *
get_columns (Look       *look,
             const char *table)
{
  GPtrArray *names = g_hash_table_lookup (look->names, table);
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row = TRUE;

  if (names != NULL)
    return names;
  names = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (look->names, g_strdup (table), names);
  stmt = qd_db_statement (look->db, "table-columns", NULL);
  if (stmt == NULL)
    return names;
  qd_stmt_bind_text (stmt, 1, table, -1);
  while (row && qd_stmt_step (stmt, &row, NULL) && row)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0)));
  return names;
}

static int
find_column (const Change *change,
             const char   *name)
{
  for (guint i = 0; i < change->columns->len && (int) i < change->n_columns; i++)
    if (strcmp (change->columns->pdata[i], name) == 0)
      return (int) i;
  return -1;
}

static sqlite3_value *
get_old (const Change *change,
         int           column)
{
  sqlite3_value *value = NULL;

  if (column >= 0 && change->op != SQLITE_INSERT)
    sqlite3changeset_old (change->iter, column, &value);
  return value;
}

static sqlite3_value *
get_new (const Change *change,
         int           column)
{
  sqlite3_value *value = NULL;

  if (column >= 0 && change->op != SQLITE_DELETE)
    sqlite3changeset_new (change->iter, column, &value);
  return value;
}

static char *
dup_value_text (sqlite3_value *value)
{
  return value != NULL && sqlite3_value_type (value) != SQLITE_NULL ? g_strdup ((const char *) sqlite3_value_text (value))
                                                                    : NULL;
}

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  return g_strv_contains (names, name);
}

/* The id by which people know the row; what is not in the change is read from the row, if it is still there. */
static char *
name_row (Look         *look,
          const Change *change)
{
  static const struct
  {
    const char *table;
    const char *statement; /* of a number */
    const char *column;    /* that holds it */
  } lookups[] = {
    { "account", "account-id", "id" },           { "account_value", "account-id", "account" },
    { "account_identity", "account-id", "account" }, { "product", "product-id", "id" },
    { "subscription_line", "record-line", "id" }, { "revenue_month", "account-id", "account" },
    { "movement_event", "account-id", "account" }, { "revenue_month", "month-account", "id" },
    { "movement_event", "event-account", "id" },
  };
  static const char *const keys[] = { "external_id", "key", "name", "currency" };
  g_autofree char *text = NULL;
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (lookups) && text == NULL; i++)
    if (strcmp (lookups[i].table, change->table) == 0)
      {
        int own = find_column (change, "external_id");
        int column = find_column (change, lookups[i].column);
        sqlite3_value *value = get_old (change, column);

        known = TRUE;
        if (value == NULL)
          value = get_new (change, column);
        if (value != NULL)
          text = qd_edit_dup_text (look->db, lookups[i].statement, sqlite3_value_int64 (value));
        if (text == NULL && own >= 0)
          text = dup_value_text (get_old (change, own));
      }
  if (known)
    return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      int column = find_column (change, keys[i]);

      text = dup_value_text (get_old (change, column));
      if (text == NULL)
        text = dup_value_text (get_new (change, column));
      if (text != NULL)
        return g_steal_pointer (&text);
    }
  return g_strdup ("");
}

/* A value as people read it; NULL: nothing. */
static char *
show_value (Look          *look,
            const Change  *change,
            const char    *name,
            sqlite3_value *value,
            sqlite3_value *den,
            sqlite3_value *currency)
{
  static const char *const days[] = { "signup", "start", "end", "canceled_at", "notice_date", "day", NULL };
  static const char *const accounts[] = { "account", "parent", NULL };
  static const char *const flags[] = { "trial", "auto_renew", "implied", NULL };

  if (value == NULL || sqlite3_value_type (value) == SQLITE_NULL)
    return NULL;
  if (is_one_of (name, days))
    return qd_day_to_iso (sqlite3_value_int (value));
  if (strcmp (name, "month") == 0)
    return sqlite3_value_int64 (value) == G_MININT32 ? NULL : qd_month_to_iso (sqlite3_value_int (value));
  if (is_one_of (name, accounts) && sqlite3_value_type (value) == SQLITE_INTEGER)
    return qd_edit_dup_text (look->db, "account-id", sqlite3_value_int64 (value));
  if (strcmp (name, "product") == 0)
    return qd_edit_dup_text (look->db, "product-id", sqlite3_value_int64 (value));
  if (is_one_of (name, flags))
    return g_strdup (sqlite3_value_int (value) ? _("yes") : _("no"));
  if (strcmp (name, "amount_num") == 0)
    {
      g_autofree char *code = dup_value_text (currency);
      int exponent = MAX (qd_currency_get_exponent (code != NULL ? code : look->reporting), 0);
      QdRatio amount = { sqlite3_value_int64 (value), den != NULL ? sqlite3_value_int64 (den) : 1 };
      gint64 minor;

      return amount.den > 0 && qd_ratio_round (amount, &minor) ? qd_money_to_iso (minor, exponent) : NULL;
    }
  return dup_value_text (value);
}

/* The name of a column for people. */
static char *
name_field (const Change *change,
            const char   *column)
{
  static const struct
  {
    const char *column;
    const char *title;
  } titles[] = {
    { "name", N_("Name") },
    { "parent", N_("Parent") },
    { "domain", N_("Domain") },
    { "signup", N_("Signed up") },
    { "currency", N_("Currency") },
    { "seats", N_("Seats") },
    { "employees", N_("Employees") },
    { "fit", N_("Fit") },
    { "start", N_("Start") },
    { "end", N_("End") },
    { "amount_num", N_("MRR") },
    { "quantity", N_("Quantity") },
    { "unit_price", N_("Unit price") },
    { "interval", N_("Billing interval") },
    { "interval_count", N_("Intervals per bill") },
    { "discount", N_("Discount in percent") },
    { "trial", N_("Trial") },
    { "canceled_at", N_("Cancelled on") },
    { "notice_date", N_("Notice given on") },
    { "auto_renew", N_("Renews by itself") },
    { "term_months", N_("Term in months") },
    { "implied", N_("Only mentioned so far") },
    { "account", N_("Account") },
    { "month", N_("Month") },
    { "day", N_("Date") },
    { "kind", N_("Kind") },
    { "external_id", N_("Id") },
    { "value", N_("Value") },
  };

  if (strcmp (change->table, "account_value") == 0 && strcmp (column, "value") == 0)
    {
      int field = find_column (change, "field");
      g_autofree char *name = dup_value_text (get_old (change, field));

      if (name == NULL)
        name = dup_value_text (get_new (change, field));
      return qd_dimension_dup_title (name != NULL ? name : column);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].column, column) == 0)
      return g_strdup (_(titles[i].title));
  return qd_dimension_dup_title (column);
}

static const char *
name_table (const char *table)
{
  static const struct
  {
    const char *table;
    const char *title;
  } titles[] = {
    { "account", N_("Account") },
    { "account_identity", N_("Account id") },
    { "account_value", N_("Account") },
    { "product", N_("Product") },
    { "subscription_line", N_("Subscription line") },
    { "revenue_month", N_("Monthly revenue") },
    { "movement_event", N_("Movement") },
    { "fx_rate", N_("Exchange rate") },
    { "profile", N_("Definition") },
    { "profile_choice", N_("Definition") },
    { "mapping", N_("Mapping") },
    { "setting", N_("Setting") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].table, table) == 0)
      return _(titles[i].title);
  return table;
}

static void
add_text (QdTable    *table,
          const char *text)
{
  if (text != NULL && *text != '\0')
    qd_table_add_text (table, text);
  else
    qd_table_add_missing (table);
}

static void
add_row (Look         *look,
         const Change *change,
         const char   *id,
         const char   *field,
         const char   *old,
         const char   *new)
{
  qd_table_add_text (look->table, name_table (change->table));
  add_text (look->table, id);
  add_text (look->table, field);
  qd_table_add_text (look->table, change->op == SQLITE_INSERT ? "added" : change->op == SQLITE_DELETE ? "removed" : "changed");
  add_text (look->table, old);
  add_text (look->table, new);
  qd_table_end_row (look->table);
}

static gboolean
is_full (const Look *look)
{
  return look->limit > 0 && qd_table_get_n_rows (look->table) >= look->limit;
}

/* A column's value in the row as it is now, for what the change itself leaves out. */
static sqlite3_value *
pick (sqlite3_value *from_change,
      sqlite3_value *other)
{
  return from_change != NULL ? from_change : other;
}

static void
add_change (Look   *look,
            Change *change)
{
  /* how the row is kept, not what it says */
  static const char *const inner[] = { "id", "batch", "line", "amount_den", "valid_from", "field", "header_set", "body", "of_product",
                                       "is_change", "scale", "set_name", "version", "base", "created", NULL };
  g_autofree char *id = name_row (look, change);
  int den = find_column (change, "amount_den"), currency = find_column (change, "currency");
  guint before = qd_table_get_n_rows (look->table);

  for (int i = 0; i < change->n_columns && i < (int) change->columns->len && !is_full (look); i++)
    {
      const char *name = change->columns->pdata[i];
      sqlite3_value *from = get_old (change, i), *to = get_new (change, i);
      g_autofree char *field = NULL;
      g_autofree char *old = NULL;
      g_autofree char *new = NULL;

      if (is_one_of (name, inner) || (change->op == SQLITE_UPDATE && to == NULL))
        continue;
      old = show_value (look, change, name, from, pick (get_old (change, den), get_new (change, den)), get_old (change, currency));
      new = show_value (look, change, name, to, pick (get_new (change, den), get_old (change, den)),
                        pick (get_new (change, currency), get_old (change, currency)));
      if (g_strcmp0 (old, new) == 0 || g_strcmp0 (change->op == SQLITE_INSERT ? new : old, id) == 0)
        continue;
      field = name_field (change, name);
      add_row (look, change, id, field, old, new);
    }
  /* a row of nothing but keys still came or went */
  if (qd_table_get_n_rows (look->table) == before && change->op != SQLITE_UPDATE && !is_full (look))
    add_row (look, change, id, NULL, NULL, NULL);
}

static gboolean
scan (Look         *look,
      gconstpointer changes,
      int           length,
      GError      **error)
{
  sqlite3_changeset_iter *iter = NULL;
  int rc = sqlite3changeset_start (&iter, length, (void *) changes);

  while (rc == SQLITE_OK && !is_full (look) && (rc = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      Change change = { .iter = iter };
      int indirect;

      rc = sqlite3changeset_op (iter, &change.table, &change.n_columns, &change.op, &indirect);
      if (rc != SQLITE_OK)
        continue;
      change.columns = get_columns (look, change.table);
      add_change (look, &change);
    }
  if (iter != NULL)
    sqlite3changeset_finalize (iter);
  if (rc == SQLITE_OK || rc == SQLITE_DONE)
    return TRUE;
  g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                       _("What this entry changed cannot be read. Run a check of the workspace."));
  return FALSE;
}

static void
begin_table (Look *look,
             QdDb *db)
{
  look->db = db;
  look->reporting = qd_db_dup_setting (db, "currency");
  look->table = qd_table_new ("changes", look->reporting != NULL ? look->reporting : "USD", columns, G_N_ELEMENTS (columns));
}

static gboolean
look_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Look *look = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-entry", error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, look->entry);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, look->entry);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no entry %s in the history."), number);
      return FALSE;
    }
  begin_table (look, db);
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (sqlite3_column_type (handle, 0) != SQLITE_NULL &&
          !scan (look, sqlite3_column_blob (handle, 0), sqlite3_column_bytes (handle, 0), error))
        return FALSE;
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_workspace_read_pending:
 * @db: the connection, with an open entry of the history
 * @limit: the most rows, 0: all
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the entry has changed so far, as
 *   qd_workspace_get_changes() will say it
 */
QdTable *
qd_workspace_read_pending (QdDb    *db,
                           guint    limit,
                           GError **error)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GBytes) changes = qd_history_peek (db, error);
  Look look = { .limit = limit };
  gboolean ok;

  if (changes == NULL)
    return NULL;
  look.names = names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  begin_table (&look, db);
  ok = g_bytes_get_size (changes) == 0 ||
       scan (&look, g_bytes_get_data (changes, NULL), (int) g_bytes_get_size (changes), error);
  g_free (look.reporting);
  if (!ok)
    g_clear_pointer (&look.table, qd_table_unref);
  return look.table;
}

/**
 * qd_workspace_get_changes:
 * @self: a workspace
 * @entry: an entry of the history
 * @limit: the most rows, 0: all
 * @error: return location
 *
 * Says what an entry changed, field by field, with both values. Rows that an
 * import added are not among them: the import counts those.
 *
 * Returns: (transfer full) (nullable): the changes, or `NULL` with
 *   `QD_EDIT_ERROR_UNKNOWN` or `QD_STORE_ERROR_DAMAGED`
 */
QdTable *
qd_workspace_get_changes (QdWorkspace *self,
                          gint64       entry,
                          guint        limit,
                          GError     **error)
{
  g_autoptr (GHashTable) names = NULL;
  Look look = { .entry = entry, .limit = limit };
  gboolean ok;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  look.names = names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  ok = qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, look_cb, &look, NULL, error);
  g_free (look.reporting);
  if (!ok)
    g_clear_pointer (&look.table, qd_table_unref);
  return look.table;
}
