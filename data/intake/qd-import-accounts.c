/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts and their attributes, plain, custom and dated; products.
 */
#include "config.h"

#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Columns of account-get and parameters of account-insert and account-update, in this order. Texts, but for those
 * marked: they are kept as digits here. */
enum
{
  NAME,
  PARENT,
  DOMAIN,
  SEGMENT,
  REGION,
  COUNTRY,
  INDUSTRY,
  CSM,
  TOUCH,
  STAGE,
  SIGNUP,
  SALES_REP,
  CHANNEL,
  SOURCE,
  DISCOUNT_BAND,
  CURRENCY,
  SEATS,
  EMPLOYEES,
  FIT,
  N_COLUMNS,
};

static const guint8 column_fields[N_COLUMNS] = {
  QD_ACCOUNT_NAME,   QD_ACCOUNT_PARENT,    QD_ACCOUNT_DOMAIN,  QD_ACCOUNT_SEGMENT, QD_ACCOUNT_REGION,
  QD_ACCOUNT_COUNTRY, QD_ACCOUNT_INDUSTRY, QD_ACCOUNT_CSM,     QD_ACCOUNT_TOUCH,   QD_ACCOUNT_STAGE,
  QD_ACCOUNT_SIGNUP, QD_ACCOUNT_SALES_REP, QD_ACCOUNT_CHANNEL, QD_ACCOUNT_SOURCE,  QD_ACCOUNT_DISCOUNT_BAND,
  QD_ACCOUNT_CURRENCY, QD_ACCOUNT_SEATS,   QD_ACCOUNT_EMPLOYEES, QD_ACCOUNT_FIT,
};

static gboolean
is_integer (int column)
{
  return column == PARENT || column == SIGNUP || column == SEATS || column == EMPLOYEES;
}

/* Attributes that can change over time; the others are what the account is. */
static gboolean
is_dated (int column)
{
  return column >= DOMAIN && column != SIGNUP && column != CURRENCY;
}

typedef struct
{
  char *columns[N_COLUMNS];
  gboolean implied;
  gint64 batch, line;
} Account;

typedef struct
{
  char *field;
  gint32 valid_from;
  char *value;
  gboolean own; /* inserted by this import: not recorded when changed */
} Dated;

static void
account_clear (Account *self)
{
  for (int i = 0; i < N_COLUMNS; i++)
    g_free (self->columns[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static void
dated_clear (gpointer data)
{
  Dated *dated = data;

  g_free (dated->field);
  g_free (dated->value);
}

typedef struct
{
  QdImport *import;
  QdStmt *get, *insert, *update, *values, *value_insert, *value_update, *identity;
  GHashTable *parents;   /* account → parent, ids in pointers' place */
  QdIntern *keys;        /* id and valid_from of the rows of this file */
  QdKeyMap *filled;      /* account ids that a row of this file has written */
  gboolean with_dates;   /* the file has a column valid_from */
} Accounts;

static void
accounts_clear (Accounts *self)
{
  g_clear_pointer (&self->get, qd_stmt_release);
  g_clear_pointer (&self->insert, qd_stmt_release);
  g_clear_pointer (&self->update, qd_stmt_release);
  g_clear_pointer (&self->values, qd_stmt_release);
  g_clear_pointer (&self->value_insert, qd_stmt_release);
  g_clear_pointer (&self->value_update, qd_stmt_release);
  g_clear_pointer (&self->identity, qd_stmt_release);
  g_clear_pointer (&self->parents, g_hash_table_unref);
  g_clear_pointer (&self->keys, qd_intern_free);
  g_clear_pointer (&self->filled, qd_key_map_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Accounts, accounts_clear)

static gint64
parent_of (Accounts *self,
           gint64    account)
{
  gint64 *parent = g_hash_table_lookup (self->parents, &account);

  return parent ? *parent : 0;
}

static gboolean
load_parents (Accounts *self,
              GError  **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->import->db, "intake-parents", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  for (;;)
    {
      gint64 pair[2];

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      pair[0] = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      pair[1] = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 1);
      g_hash_table_insert (self->parents, g_memdup2 (&pair[0], sizeof (gint64)), g_memdup2 (&pair[1], sizeof (gint64)));
    }
}

static gboolean
makes_circle (Accounts *self,
              gint64    account,
              gint64    parent)
{
  for (guint steps = 0; parent != 0; steps++)
    {
      if (parent == account || steps > 10000)
        return TRUE;
      parent = parent_of (self, parent);
    }
  return FALSE;
}

/* The row's values by column; NULL where blank. Custom values are read where they are written. */
static gboolean
read_row (Accounts *self,
          Account  *row)
{
  QdImport *import = self->import;
  const char *text;
  gsize length;

  for (int c = 0; c < N_COLUMNS; c++)
    {
      int field = column_fields[c];

      if (c == PARENT)
        continue;
      if (c == SIGNUP)
        {
          QdDay day;

          if (!qd_import_day (import, field, &day))
            return FALSE;
          if (day != QD_DAY_NONE)
            row->columns[c] = g_strdup_printf ("%d", day);
        }
      else if (c == SEATS || c == EMPLOYEES)
        {
          gint64 value;
          gboolean given;

          if (!qd_import_integer (import, field, &value, &given))
            return FALSE;
          if (given)
            row->columns[c] = g_strdup_printf ("%" G_GINT64_FORMAT, value);
        }
      else if (qd_import_text (import, field, &text, &length))
        {
          row->columns[c] = g_strndup (text, length);
          if (c == CURRENCY)
            {
              g_autofree char *code = g_ascii_strup (text, length);

              if (qd_currency_get_exponent (code) < 0)
                {
                  qd_import_reject (import, field, "unknown-currency", N_("an ISO 4217 code such as USD"));
                  return FALSE;
                }
              memcpy (row->columns[c], code, 3);
            }
        }
    }
  if (row->columns[NAME] == NULL)
    {
      qd_import_reject (import, QD_ACCOUNT_NAME, "missing", N_("the account’s name"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_account (Accounts *self,
              gint64    id,
              Account  *account,
              GError  **error)
{
  sqlite3_stmt *handle = qd_stmt_get_handle (self->get);
  gboolean row;

  qd_stmt_bind_integer (self->get, 1, id);
  if (!qd_stmt_step (self->get, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED, _("An account vanished while it was imported."));
      return FALSE;
    }
  for (int c = 0; c < N_COLUMNS; c++)
    account->columns[c] = g_strdup ((const char *) sqlite3_column_text (handle, c));
  account->implied = sqlite3_column_int (handle, N_COLUMNS) != 0;
  account->batch = sqlite3_column_int64 (handle, N_COLUMNS + 1);
  account->line = sqlite3_column_int64 (handle, N_COLUMNS + 2);
  sqlite3_reset (handle);
  return TRUE;
}

/* All values of an account by (field, valid_from). */
static GArray *
load_values (Accounts *self,
             gint64    id,
             GError  **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Dated));
  sqlite3_stmt *handle = qd_stmt_get_handle (self->values);
  gboolean row;

  g_array_set_clear_func (all, dated_clear);
  qd_stmt_bind_integer (self->values, 1, id);
  for (;;)
    {
      Dated dated;

      if (!qd_stmt_step (self->values, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&all);
      dated.field = g_strdup ((const char *) sqlite3_column_text (handle, 0));
      dated.valid_from = (gint32) CLAMP (sqlite3_column_int64 (handle, 1), G_MININT32, G_MAXINT32);
      dated.value = g_strdup ((const char *) sqlite3_column_text (handle, 2));
      dated.own = sqlite3_column_int64 (handle, 3) == self->import->batch;
      g_array_append_val (all, dated);
    }
}

static void
bind_columns (QdStmt        *stmt,
              int            first,
              const Account *account)
{
  for (int c = 0; c < N_COLUMNS; c++)
    if (account->columns[c] == NULL)
      qd_stmt_bind_null (stmt, first + c);
    else if (is_integer (c))
      qd_stmt_bind_integer (stmt, first + c, g_ascii_strtoll (account->columns[c], NULL, 10));
    else
      qd_stmt_bind_text (stmt, first + c, account->columns[c], -1);
}

/* What one row does to what is there. */
typedef struct
{
  gboolean own;      /* the account was written by this import: nothing of it is recorded */
  gboolean created;  /* and by no row before this */
  gboolean changed;
  gboolean free;     /* nothing was said about the account before, so that nothing can differ */
  gboolean conflict; /* a value that differs stays as it is */
} Effect;

#define KEPT_SHOWN 500

static char *
name_account (QdImport   *import,
              const char *id)
{
  gint64 wanted = g_ascii_strtoll (id, NULL, 10);
  guint32 n = qd_intern_get_size (import->accounts);

  for (guint32 i = 0; i < n; i++)
    {
      const QdInternEntry *entry = qd_intern_get (import->accounts, i);

      if (entry->value == wanted)
        return g_strndup (entry->text, entry->length);
    }
  return g_strdup (id);
}

/* As a person writes it: columns that are kept as digits, too. */
static char *
describe_value (QdImport   *import,
                int         field,
                const char *value)
{
  if (field == QD_ACCOUNT_PARENT)
    return name_account (import, value);
  if (field == QD_ACCOUNT_SIGNUP)
    return qd_day_to_iso ((QdDay) g_ascii_strtoll (value, NULL, 10));
  return g_strdup (value);
}

static void
add_kept (Accounts   *self,
          int         field,
          const char *name,
          const char *there,
          const char *value)
{
  static const QdColumn columns[] = {
    { "line", N_ ("line"), QD_COLUMN_COUNT }, { "id", N_ ("id"), QD_COLUMN_TEXT },
    { "field", N_ ("field"), QD_COLUMN_TEXT }, { "there", N_ ("in the workspace"), QD_COLUMN_TEXT },
    { "file", N_ ("in the file"), QD_COLUMN_TEXT },
  };
  QdImport *import = self->import;
  QdImportResult *result = import->result;
  g_autofree char *id = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  const char *text;
  gsize length;

  if (result->kept == NULL)
    result->kept = qd_table_new ("kept", NULL, columns, G_N_ELEMENTS (columns));
  if (qd_table_get_n_rows (result->kept) >= KEPT_SHOWN)
    return;
  id = qd_import_text (import, QD_ACCOUNT_ID, &text, &length) ? g_strndup (text, length) : NULL;
  old = describe_value (import, field, there);
  new = describe_value (import, field, value);
  qd_table_add_integer (result->kept, (gint64) import->scan.line);
  qd_table_add_text (result->kept, id);
  qd_table_add_text (result->kept, name);
  qd_table_add_text (result->kept, old);
  qd_table_add_text (result->kept, new);
  qd_table_end_row (result->kept);
}

/* Whether a value of the file goes in; @field −1: a custom one. */
static gboolean
prevails (Accounts   *self,
          QdCollision rule,
          int         field,
          const char *name,
          const char *there,
          const char *value,
          Effect     *effect)
{
  if (rule == QD_COLLISION_FILE || effect->free)
    return TRUE;
  if (there == NULL || *there == 0)
    return rule == QD_COLLISION_FILL;
  if (strcmp (there, value) == 0)
    return TRUE;
  effect->conflict = TRUE;
  add_kept (self, field, name, there, value);
  return FALSE;
}

static gboolean
run (Accounts *self,
     QdStmt   *stmt,
     gboolean  record,
     GError  **error)
{
  gboolean ok;

  if (record)
    qd_history_record (self->import->db, TRUE);
  ok = qd_stmt_run (stmt, error);
  if (record)
    qd_history_record (self->import->db, FALSE);
  return ok;
}

/* One value of an account from a day on. Inserted rows carry the batch; overwritten ones are recorded. */
static gboolean
put_value (Accounts   *self,
           gint64      id,
           GArray     *all,
           const char *field,
           gint32      valid_from,
           const char *value,
           Effect     *effect,
           GError    **error)
{
  Dated added;

  for (guint i = 0; i < all->len; i++)
    {
      Dated *dated = &g_array_index (all, Dated, i);

      if (dated->valid_from != valid_from || strcmp (dated->field, field) != 0)
        continue;
      if (strcmp (dated->value, value) == 0)
        return TRUE;
      g_free (dated->value);
      dated->value = g_strdup (value);
      effect->changed = TRUE;
      qd_stmt_bind_text (self->value_update, 1, value, -1);
      qd_stmt_bind_integer (self->value_update, 2, id);
      qd_stmt_bind_text (self->value_update, 3, field, -1);
      qd_stmt_bind_integer (self->value_update, 4, valid_from);
      return run (self, self->value_update, !dated->own, error);
    }
  effect->changed = TRUE;
  added.field = g_strdup (field);
  added.valid_from = valid_from;
  added.value = g_strdup (value);
  added.own = TRUE;
  g_array_append_val (all, added);
  qd_stmt_bind_integer (self->value_insert, 1, id);
  qd_stmt_bind_text (self->value_insert, 2, field, -1);
  qd_stmt_bind_integer (self->value_insert, 3, valid_from);
  qd_stmt_bind_text (self->value_insert, 4, value, -1);
  qd_stmt_bind_integer (self->value_insert, 5, self->import->batch);
  qd_stmt_bind_integer (self->value_insert, 6, self->import->scan.line);
  return run (self, self->value_insert, FALSE, error);
}

/* The last day on which a value of @field begins, or QD_DAY_NONE twice over: none at all. */
static gboolean
find_latest (GArray     *all,
             const char *field,
             gint32     *valid_from)
{
  gboolean found = FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      const Dated *dated = &g_array_index (all, Dated, i);

      if (strcmp (dated->field, field) == 0 && (!found || dated->valid_from > *valid_from))
        {
          *valid_from = dated->valid_from;
          found = TRUE;
        }
    }
  return found;
}

/* A standard attribute in a file with dates; changes the account's own column when it is the latest. */
static gboolean
put_dated_column (Accounts   *self,
                  gint64      id,
                  GArray     *all,
                  Account    *account,
                  int         column,
                  gint32      valid_from,
                  const char *value,
                  Effect     *effect,
                  GError    **error)
{
  const char *field = self->import->kind->fields[column_fields[column]].name;
  gint32 latest = G_MININT32;
  gboolean any = find_latest (all, field, &latest);

  /* The first dated value of a field: what held so far holds from ever on. */
  if (!any && valid_from != QD_ALWAYS && account->columns[column] != NULL &&
      strcmp (account->columns[column], value) != 0 &&
      !put_value (self, id, all, field, QD_ALWAYS, account->columns[column], effect, error))
    return FALSE;
  if ((any || valid_from != QD_ALWAYS) && !put_value (self, id, all, field, valid_from, value, effect, error))
    return FALSE;
  if (!any || valid_from >= latest)
    {
      if (g_strcmp0 (account->columns[column], value) != 0)
        effect->changed = TRUE;
      g_free (account->columns[column]);
      account->columns[column] = g_strdup (value);
    }
  return TRUE;
}

/* A standard attribute of a file without dates: what holds today. */
static gboolean
put_plain_column (Accounts   *self,
                  gint64      id,
                  GArray     *all,
                  Account    *account,
                  int         column,
                  const char *value,
                  Effect     *effect,
                  GError    **error)
{
  const char *field = self->import->kind->fields[column_fields[column]].name;
  gint32 latest = G_MININT32;

  if (g_strcmp0 (account->columns[column], value) == 0)
    return TRUE;
  effect->changed = TRUE;
  g_free (account->columns[column]);
  account->columns[column] = g_strdup (value);
  return !find_latest (all, field, &latest) || put_value (self, id, all, field, latest, value, effect, error);
}

static const char *
find_value (GArray     *all,
            const char *field,
            gint32      valid_from)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Dated *dated = &g_array_index (all, Dated, i);

      if (dated->valid_from == valid_from && strcmp (dated->field, field) == 0)
        return dated->value;
    }
  return NULL;
}

static gboolean
put_custom (Accounts *self,
            gint64    id,
            GArray   *all,
            gint32    valid_from,
            Effect   *effect,
            GError  **error)
{
  const GArray *custom = self->import->mapping->custom;

  for (guint i = 0; i < custom->len; i++)
    {
      const QdCustomField *field = &g_array_index (custom, QdCustomField, i);
      g_autofree char *value = NULL;
      gint32 from = valid_from;
      const char *text;
      gsize length;

      if (!qd_import_column (self->import, field->column, &text, &length))
        continue;
      value = g_strndup (text, length);
      if (!self->with_dates)
        find_latest (all, field->name, &from);
      if (!prevails (self, field->collision, -1, field->name, find_value (all, field->name, from), value, effect))
        continue;
      if (!put_value (self, id, all, field->name, from, value, effect, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_account (Accounts      *self,
               gint64         id,
               const char    *text,
               gsize          length,
               const Account *account,
               const Effect  *effect,
               gboolean       exists,
               GError       **error)
{
  QdImport *import = self->import;
  QdStmt *stmt = exists ? self->update : self->insert;

  if (!exists)
    {
      qd_stmt_bind_integer (stmt, 1, id);
      qd_stmt_bind_text (stmt, 2, text, length);
    }
  bind_columns (stmt, exists ? 1 : 3, account);
  qd_stmt_bind_integer (stmt, (exists ? 1 : 3) + N_COLUMNS, account->batch);
  qd_stmt_bind_integer (stmt, (exists ? 2 : 4) + N_COLUMNS, account->line);
  if (exists)
    qd_stmt_bind_integer (stmt, 3 + N_COLUMNS, id);
  if (!run (self, stmt, exists && !effect->own, error))
    return FALSE;
  if (exists || *import->source_name == 0)
    return TRUE;
  qd_stmt_bind_text (self->identity, 1, import->source_name, -1);
  qd_stmt_bind_text (self->identity, 2, text, length);
  qd_stmt_bind_integer (self->identity, 3, id);
  qd_stmt_bind_integer (self->identity, 4, import->batch);
  return run (self, self->identity, FALSE, error);
}

/* The parent's id as digits, or the row is rejected. */
static gboolean
find_parent (Accounts *self,
             gint64    id,
             char    **parent)
{
  QdImport *import = self->import;
  QdInternEntry *entry;
  const char *text;
  gsize length;
  gint64 found;

  *parent = NULL;
  if (!qd_import_text (import, QD_ACCOUNT_PARENT, &text, &length))
    return TRUE;
  found = qd_import_find_account (import, text, length, &entry);
  if (found == id || makes_circle (self, id, found))
    {
      qd_import_reject (import, QD_ACCOUNT_PARENT, found == id ? "own-parent" : "circle",
                        found == id ? N_("another account, not the row’s own") : N_("a parent that is not below the account"));
      return FALSE;
    }
  qd_import_need (import, entry, FALSE, import->scan.line);
  *parent = g_strdup_printf ("%" G_GINT64_FORMAT, found);
  return TRUE;
}

/* One row of the file on its way into the account that it names. */
typedef struct
{
  const char *text;    /* the account's id */
  gsize length;
  gint64 id;
  QdKnown known;       /* before this row */
  QdDay valid_from;
  Account row, account;
  GArray *all;         /* Dated: values of the account that have a date */
  Effect effect;
} Target;

static void
target_clear (Target *target)
{
  account_clear (&target->row);
  account_clear (&target->account);
  g_clear_pointer (&target->all, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

/* What is there, or the account itself: a new one must be there before its values are. */
static gboolean
begin_account (Accounts *self,
               Target   *target,
               GError  **error)
{
  QdImport *import = self->import;
  Account *account = &target->account;

  if (target->known != QD_KNOWN_NEW)
    return load_account (self, target->id, account, error) &&
           (target->all = load_values (self, target->id, error)) != NULL;
  target->all = g_array_new (FALSE, FALSE, sizeof (Dated));
  g_array_set_clear_func (target->all, dated_clear);
  target->effect.free = target->effect.own;
  for (int c = 0; c < N_COLUMNS; c++)
    if (!self->with_dates || !is_dated (c))
      account->columns[c] = g_strdup (target->row.columns[c]);
  account->batch = import->batch;
  account->line = import->scan.line;
  return write_account (self, target->id, target->text, target->length, account, &target->effect, FALSE, error);
}

static gboolean
put_columns (Accounts *self,
             Target   *target,
             GError  **error)
{
  QdImport *import = self->import;

  for (int c = 0; c < N_COLUMNS; c++)
    {
      const char *value = target->row.columns[c];
      int field = column_fields[c];

      if (value == NULL || !prevails (self, import->mapping->collision[field], field, import->kind->fields[field].name,
                                      target->account.columns[c], value, &target->effect))
        continue;
      if (self->with_dates && is_dated (c) ? !put_dated_column (self, target->id, target->all, &target->account, c,
                                                                target->valid_from, value, &target->effect, error)
                                           : !put_plain_column (self, target->id, target->all, &target->account, c, value,
                                                                &target->effect, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_target (Accounts *self,
              Target   *target,
              GError  **error)
{
  QdImport *import = self->import;
  Effect *effect = &target->effect;
  gboolean was_implied, columns_changed;

  if (!begin_account (self, target, error))
    return FALSE;
  was_implied = target->known != QD_KNOWN_NEW && target->account.implied;
  effect->free = effect->own || was_implied;
  if (!put_columns (self, target, error))
    return FALSE;
  columns_changed = effect->changed;
  if (!put_custom (self, target->id, target->all, target->valid_from, effect, error))
    return FALSE;
  if (was_implied)
    {
      target->account.batch = import->batch;
      target->account.line = import->scan.line;
      columns_changed = effect->changed = TRUE;
    }
  return !columns_changed ||
         write_account (self, target->id, target->text, target->length, &target->account, effect, TRUE, error);
}

static gboolean
count_row (QdImport     *import,
           const Target *target,
           GError      **error)
{
  const Effect *effect = &target->effect;

  import->result->conflicts += effect->conflict;
  if (target->known == QD_KNOWN_IMPLIED)
    import->result->implied_accounts--;
  if (!effect->created && !(effect->own && effect->changed) && effect->changed)
    return qd_import_add_merged (import, import->scan.line, error);
  if (effect->created || effect->changed)
    import->result->imported++;
  else
    import->result->unchanged++;
  return TRUE;
}

static gboolean
import_row (Accounts *self,
            GError  **error)
{
  QdImport *import = self->import;
  g_auto (Target) target = { 0 };
  g_autofree char *key = NULL;
  QdInternEntry *entry;
  gboolean added;

  if (!qd_import_required_text (import, QD_ACCOUNT_ID, &target.text, &target.length) ||
      !qd_import_day (import, QD_ACCOUNT_VALID_FROM, &target.valid_from) || !read_row (self, &target.row))
    return TRUE;
  key = g_strdup_printf ("%d %.*s", target.valid_from, (int) target.length, target.text);
  if (qd_intern_find (self->keys, key, strlen (key)) != NULL)
    {
      qd_import_reject (import, QD_ACCOUNT_ID, "repeated", N_("an account that no earlier row of the file has"));
      return TRUE;
    }
  target.id = qd_import_find_account (import, target.text, target.length, &entry);
  target.known = entry->tag;
  if (!find_parent (self, target.id, &target.row.columns[PARENT]))
    return TRUE;
  qd_intern_add (self->keys, key, strlen (key), TRUE, &added);
  entry = qd_intern_find (import->accounts, target.text, target.length);
  target.effect.created = target.known == QD_KNOWN_NEW || target.known == QD_KNOWN_IMPLIED;
  target.effect.own = target.effect.created || target.known == QD_KNOWN_WRITTEN;
  if (!qd_import_write_implied (import, import->implied, error) || !write_target (self, &target, error))
    return FALSE;
  if (target.row.columns[PARENT] != NULL && target.account.columns[PARENT] != NULL)
    {
      gint64 parent = g_ascii_strtoll (target.account.columns[PARENT], NULL, 10);

      g_hash_table_insert (self->parents, g_memdup2 (&target.id, sizeof target.id), g_memdup2 (&parent, sizeof parent));
    }
  entry->tag = target.effect.own ? QD_KNOWN_WRITTEN : QD_KNOWN_STORED;
  return count_row (import, &target, error);
}

/**
 * qd_import_accounts:
 * @self: an import
 * @error: return location
 *
 * Reads accounts and writes them. A blank cell leaves what is there.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_accounts (QdImport *self,
                    GError  **error)
{
  static const char *const names[] = { "account-get",          "account-insert",       "account-update", "account-values",
                                       "account-value-insert", "account-value-update", "identity-insert" };
  g_auto (Accounts) accounts = { .import = self };
  QdStmt **statements[] = { &accounts.get,          &accounts.insert,       &accounts.update,  &accounts.values,
                            &accounts.value_insert, &accounts.value_update, &accounts.identity };
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((*statements[i] = qd_db_statement (self->db, names[i], error)) == NULL)
      return FALSE;
  accounts.parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  accounts.keys = qd_intern_new ();
  accounts.with_dates = qd_mapping_has (self->mapping, QD_ACCOUNT_VALID_FROM);
  if (!load_parents (&accounts, error))
    return FALSE;
  while (qd_import_next (self, &local))
    if (!import_row (&accounts, error) ||
        (self->pending_rejects->len >= QD_REJECTS_SHOWN && !qd_import_write_rejects (self, self->pending_rejects, error)))
      return FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
import_product (QdImport   *self,
                QdStmt     *get,
                QdStmt     *insert,
                QdStmt     *update,
                const char *text,
                gsize       length,
                const char *name,
                gsize       name_length,
                GError    **error)
{
  QdInternEntry *entry;
  gint64 id = qd_import_find_product (self, text, length, &entry);
  sqlite3_stmt *handle = qd_stmt_get_handle (get);
  gboolean row, same, implied, ok;
  gint64 batch;

  if (entry->tag == QD_KNOWN_NEW)
    {
      entry->tag = QD_KNOWN_WRITTEN;
      qd_stmt_bind_integer (insert, 1, id);
      qd_stmt_bind_text (insert, 2, text, length);
      qd_stmt_bind_text (insert, 3, name, name_length);
      qd_stmt_bind_integer (insert, 4, self->batch);
      qd_stmt_bind_integer (insert, 5, self->scan.line);
      self->result->imported++;
      return qd_stmt_run (insert, error);
    }
  qd_stmt_bind_integer (get, 1, id);
  if (!qd_stmt_step (get, &row, error))
    return FALSE;
  same = row && (gsize) sqlite3_column_bytes (handle, 0) == name_length &&
         memcmp (sqlite3_column_text (handle, 0), name, name_length) == 0;
  implied = row && sqlite3_column_int (handle, 1) != 0;
  batch = row ? sqlite3_column_int64 (handle, 2) : 0;
  sqlite3_reset (handle);
  if (same && !implied)
    {
      self->result->unchanged++;
      return TRUE;
    }
  qd_stmt_bind_text (update, 1, name, name_length);
  qd_stmt_bind_integer (update, 2, implied ? self->batch : batch);
  qd_stmt_bind_integer (update, 3, self->scan.line);
  qd_stmt_bind_integer (update, 4, id);
  qd_history_record (self->db, TRUE);
  ok = qd_stmt_run (update, error);
  qd_history_record (self->db, FALSE);
  return ok && qd_import_add_merged (self, self->scan.line, error);
}

/**
 * qd_import_products:
 * @self: an import
 * @error: return location
 *
 * Reads products and writes them.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_products (QdImport *self,
                    GError  **error)
{
  g_autoptr (QdStmt) get = qd_db_statement (self->db, "product-get", error);
  g_autoptr (QdStmt) insert = get ? qd_db_statement (self->db, "product-insert", error) : NULL;
  g_autoptr (QdStmt) update = insert ? qd_db_statement (self->db, "product-update", error) : NULL;
  g_autoptr (QdIntern) ids = qd_intern_new ();
  g_autoptr (GError) local = NULL;

  if (update == NULL)
    return FALSE;
  while (qd_import_next (self, &local))
    {
      const char *text, *name;
      gsize length, name_length;
      gboolean added;

      if (!qd_import_required_text (self, QD_PRODUCT_ID, &text, &length) ||
          !qd_import_required_text (self, QD_PRODUCT_NAME, &name, &name_length))
        continue;
      qd_intern_add (ids, text, length, TRUE, &added);
      if (!added)
        qd_import_reject (self, QD_PRODUCT_ID, "repeated", N_("an id that no earlier row of the file has"));
      else if (!import_product (self, get, insert, update, text, length, name, name_length, error))
        return FALSE;
      if (self->pending_rejects->len >= QD_REJECTS_SHOWN &&
          !qd_import_write_rejects (self, self->pending_rejects, error))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}
