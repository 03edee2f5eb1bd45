/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attributes of accounts, edited by hand. An account's own columns hold what
 * is so today; where an attribute has a history by dates, its latest value
 * changes with it. A custom attribute is emptied, not deleted, so that a later
 * edit of it wins over an undo as it does for the others.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../metrics/qd-dimension.h"
#include "qd-workspace-edit-private.h"

#define ALWAYS G_MININT32
#define MAX_LEVELS 10000
#define REPORT_STEP 256

enum
{
  COLUMN_NAME = 0,
  COLUMN_PARENT = 1,
};

typedef struct
{
  gint64 id;
  char *columns[QD_EDIT_N_ACCOUNT_FIELDS]; /* as stored, numbers as digits */
  gboolean implied;
  gint64 batch, line;
} Account;

static void
account_clear (Account *self)
{
  for (guint i = 0; i < QD_EDIT_N_ACCOUNT_FIELDS; i++)
    g_free (self->columns[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static gboolean
load_account (QdDb    *db,
              gint64   id,
              Account *account,
              GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-get", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_integer (stmt, 1, id);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("The account is gone."));
      return FALSE;
    }
  account->id = id;
  for (int i = 0; i < QD_EDIT_N_ACCOUNT_FIELDS; i++)
    account->columns[i] = g_strdup ((const char *) sqlite3_column_text (handle, i));
  account->implied = sqlite3_column_int (handle, QD_EDIT_N_ACCOUNT_FIELDS) != 0;
  account->batch = sqlite3_column_int64 (handle, QD_EDIT_N_ACCOUNT_FIELDS + 1);
  account->line = sqlite3_column_int64 (handle, QD_EDIT_N_ACCOUNT_FIELDS + 2);
  return TRUE;
}

static gboolean
is_integer (guint column)
{
  QdEditType type = qd_edit_account_fields[column].type;

  return type == QD_EDIT_ACCOUNT || type == QD_EDIT_DATE || type == QD_EDIT_INTEGER;
}

static gboolean
save_account (QdDb          *db,
              const Account *account,
              GError       **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-edit", error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < QD_EDIT_N_ACCOUNT_FIELDS; i++)
    if (account->columns[i] == NULL)
      qd_stmt_bind_null (stmt, (int) i + 1);
    else if (is_integer (i))
      qd_stmt_bind_integer (stmt, (int) i + 1, g_ascii_strtoll (account->columns[i], NULL, 10));
    else
      qd_stmt_bind_text (stmt, (int) i + 1, account->columns[i], -1);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "implied"), account->implied);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), account->batch);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "line"), account->line);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), account->id);
  return qd_stmt_run (stmt, error);
}

/* By its id, else by a name that only one has. */
static gint64
find_parent (QdDb       *db,
             const char *text,
             GError    **error)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (QdStmt) stmt = NULL;
  gint64 id = qd_edit_find_account (db, text, &unknown);
  gboolean row, more = FALSE;

  if (id != 0)
    return id;
  if (!g_error_matches (unknown, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN))
    {
      g_propagate_error (error, g_steal_pointer (&unknown));
      return 0;
    }
  stmt = qd_db_statement (db, "account-find-name", error);
  if (stmt == NULL)
    return 0;
  qd_stmt_bind_text (stmt, 1, text, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return 0;
  if (row)
    {
      id = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      if (!qd_stmt_step (stmt, &more, error))
        return 0;
    }
  if (row && !more)
    return id;
  if (more)
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 _("Parent: several accounts are called “%s”. Enter the account id of the one that is meant."), text);
  else
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 _("Parent: there is no account “%s”. Enter the id or the name of an account of this workspace."), text);
  return 0;
}

static gboolean
check_circle (QdDb          *db,
              const Account *account,
              gint64         parent,
              const char    *text,
              GError       **error)
{
  gint64 id = parent;

  for (guint level = 0; id != 0 && level <= MAX_LEVELS; level++)
    {
      g_auto (Account) above = { 0 };

      if (id == account->id)
        {
          if (level == 0)
            g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                         _("Parent: “%s” is the account itself. Enter another account, or leave it empty."), text);
          else
            g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                         _("Parent: “%s” is below “%s” itself. Enter an account that is not, or leave it empty."), text,
                         account->columns[COLUMN_NAME]);
          return FALSE;
        }
      if (!load_account (db, id, &above, error))
        return FALSE;
      id = above.columns[COLUMN_PARENT] != NULL ? g_ascii_strtoll (above.columns[COLUMN_PARENT], NULL, 10) : 0;
    }
  return TRUE;
}

/* What is stored for a value that somebody typed; NULL: nothing. */
static gboolean
read_value (QdDb              *db,
            const Account     *account,
            const QdEditField *field,
            const char        *value,
            char             **stored,
            GError           **error)
{
  g_autofree char *text = NULL;
  char code[4];
  gint64 number;
  QdDay day;

  *stored = NULL;
  if (!qd_edit_read_text (field, value, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  switch ((int) field->type)
    {
    case QD_EDIT_DATE:
      if (!qd_edit_read_day (field, text, &day, error))
        return FALSE;
      *stored = g_strdup_printf ("%d", day);
      return TRUE;
    case QD_EDIT_INTEGER:
      if (!qd_edit_read_integer (field, text, 0, &number, error))
        return FALSE;
      *stored = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      return TRUE;
    case QD_EDIT_CURRENCY:
      if (!qd_edit_read_currency (field, text, code, error))
        return FALSE;
      *stored = g_strdup (code);
      return TRUE;
    case QD_EDIT_ACCOUNT:
      number = find_parent (db, text, error);
      if (number == 0 || !check_circle (db, account, number, text, error))
        return FALSE;
      *stored = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      return TRUE;
    default:
      *stored = g_steal_pointer (&text);
      return TRUE;
    }
}

/* A stored value as the field shows it. */
static char *
show_value (QdDb       *db,
            QdEditType  type,
            const char *stored)
{
  if (stored == NULL)
    return NULL;
  if (type == QD_EDIT_DATE)
    return qd_day_to_iso ((QdDay) g_ascii_strtoll (stored, NULL, 10));
  if (type == QD_EDIT_ACCOUNT)
    return qd_edit_dup_text (db, "account-id", g_ascii_strtoll (stored, NULL, 10));
  return g_strdup (stored);
}

/* The latest value of a field that has any by date. FALSE with @valid_from unset: none. */
static gboolean
find_value (QdDb       *db,
            gint64      account,
            const char *field,
            gboolean   *found,
            gint64     *valid_from,
            char      **value,
            GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-values", error);
  gboolean row = TRUE;

  *found = FALSE;
  *value = NULL;
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, account);
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row || strcmp ((const char *) sqlite3_column_text (handle, 0), field) != 0)
        continue;
      *found = TRUE;
      *valid_from = sqlite3_column_int64 (handle, 1);
      g_free (*value);
      *value = g_strdup ((const char *) sqlite3_column_text (handle, 2));
    }
  return TRUE;
}

static gboolean
put_value (QdDb       *db,
           gint64      account,
           const char *field,
           gboolean    exists,
           gint64      valid_from,
           const char *value,
           GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, exists ? "account-value-update" : "account-value-insert", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "account"), account);
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "field"), field, -1);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "valid_from"), valid_from);
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "value"), value != NULL ? value : "", -1);
  if (!exists)
    {
      qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), 0);
      qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "line"), 0);
    }
  return qd_stmt_run (stmt, error);
}

typedef struct
{
  const char *const *accounts;
  guint n_accounts;
  const char *field;
  const char *value;
  gboolean preview; /* nothing is written */
  gint64 entry;
  QdEditEffect effect;
  /* of the last account that changed, for the summary */
  char *name;
  char *title;
  char *before;
  char *after;
} Edit;

static void
edit_clear (Edit *edit)
{
  g_free (edit->name);
  g_free (edit->title);
  g_free (edit->before);
  g_free (edit->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

static void
note_change (Edit          *edit,
             const Account *account,
             char          *before,
             char          *after)
{
  edit->effect.n_changed++;
  if (before == NULL || *before == '\0')
    edit->effect.n_empty++;
  g_free (edit->name);
  edit->name = g_strdup (account->columns[COLUMN_NAME]);
  g_free (edit->before);
  edit->before = before;
  g_free (edit->after);
  edit->after = after;
}

/* Marks the rest of a record that was only mentioned so far as known: by hand, from no import. */
static void
make_known (Account *account)
{
  account->implied = FALSE;
  account->batch = account->line = 0;
}

static gboolean
edit_column (QdDb    *db,
             Account *account,
             guint    column,
             Edit    *edit,
             GError **error)
{
  const QdEditField *field = &qd_edit_account_fields[column];
  g_autofree char *stored = NULL;
  g_autofree char *latest = NULL;
  g_autofree char *before = NULL;
  gboolean dated = FALSE;
  gint64 valid_from = 0;

  if (!read_value (db, account, field, edit->value, &stored, error))
    return FALSE;
  if (g_strcmp0 (stored, account->columns[column]) == 0)
    return TRUE;
  before = show_value (db, field->type, account->columns[column]);
  note_change (edit, account, g_steal_pointer (&before), show_value (db, field->type, stored));
  if (edit->preview)
    return TRUE;
  if (qd_edit_is_dated (column) &&
      !find_value (db, account->id, field->name, &dated, &valid_from, &latest, error))
    return FALSE;
  if (dated && !put_value (db, account->id, field->name, TRUE, valid_from, stored, error))
    return FALSE;
  g_free (account->columns[column]);
  account->columns[column] = g_steal_pointer (&stored);
  if (column == COLUMN_NAME && account->implied)
    make_known (account);
  return save_account (db, account, error);
}

static gboolean
edit_custom (QdDb          *db,
             const Account *account,
             Edit          *edit,
             GError       **error)
{
  const QdEditField field = { edit->field, edit->title, QD_EDIT_TEXT, FALSE };
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  gboolean exists;
  gint64 valid_from = ALWAYS;

  if (!qd_edit_read_text (&field, edit->value, &text, error) ||
      !find_value (db, account->id, edit->field, &exists, &valid_from, &before, error))
    return FALSE;
  if (g_strcmp0 (text != NULL ? text : "", before != NULL ? before : "") == 0)
    return TRUE;
  if (!edit->preview && !put_value (db, account->id, edit->field, exists, exists ? valid_from : ALWAYS, text, error))
    return FALSE;
  note_change (edit, account, g_steal_pointer (&before), g_steal_pointer (&text));
  return TRUE;
}

static int
find_column (const char *field)
{
  for (int i = 0; i < QD_EDIT_N_ACCOUNT_FIELDS; i++)
    if (strcmp (qd_edit_account_fields[i].name, field) == 0)
      return i;
  return -1;
}

static gboolean
check_custom (QdDb       *db,
              const char *field,
              GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-field", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, field, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (row && strcmp (field, "account_id") != 0)
    return TRUE;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN,
               _("Accounts have no attribute “%s” that could be edited. Attributes of your own come with an import."), field);
  return FALSE;
}

static char *
make_summary (const Edit *edit)
{
  gboolean was = edit->before != NULL && *edit->before != '\0';
  gboolean is = edit->after != NULL && *edit->after != '\0';

  if (edit->effect.n_changed > 1 && is)
    return qd_history_message (
        /* Translators: number of accounts, name of a field, its new value */
        QD_N_PLURAL ("%s account: %s set to “%s”", "%s accounts: %s set to “%s”"), "nts", (gint64) edit->effect.n_changed,
        edit->title, edit->after);
  if (edit->effect.n_changed > 1)
    return qd_history_message (
        /* Translators: number of accounts, name of a field */
        QD_N_PLURAL ("%s account: %s emptied", "%s accounts: %s emptied"), "nt", (gint64) edit->effect.n_changed, edit->title);
  if (was && is)
    /* Translators: name of an account, name of a field, its value before and after */
    return qd_history_message (N_("%s: %s changed from “%s” to “%s”"), "stss", edit->name, edit->title, edit->before,
                               edit->after);
  if (is)
    /* Translators: name of an account, name of a field, its new value */
    return qd_history_message (N_("%s: %s set to “%s”"), "sts", edit->name, edit->title, edit->after);
  /* Translators: name of an account, name of a field, the value that it had */
  return qd_history_message (N_("%s: %s emptied, it was “%s”"), "sts", edit->name, edit->title, edit->before);
}

static gboolean
edit_all (QdDb    *db,
          Edit    *edit,
          QdJob   *job,
          GError **error)
{
  int column = find_column (edit->field);

  if (column < 0 && !check_custom (db, edit->field, error))
    return FALSE;
  edit->title = column >= 0 ? g_strdup (qd_edit_account_fields[column].title) : qd_dimension_dup_title (edit->field);
  for (guint i = 0; i < edit->n_accounts; i++)
    {
      g_auto (Account) account = { 0 };
      gint64 id = qd_edit_find_account (db, edit->accounts[i], error);

      if (id == 0 || !load_account (db, id, &account, error))
        return FALSE;
      if (i % REPORT_STEP == REPORT_STEP - 1)
        {
          qd_job_report (job, (double) i / edit->n_accounts, NULL);
          if (!qd_job_check (job, error))
            return FALSE;
        }
      if (column >= 0 ? !edit_column (db, &account, (guint) column, edit, error) : !edit_custom (db, &account, edit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
edit_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Edit *edit = data;
  g_autofree char *summary = NULL;
  gboolean done;

  if (!qd_edit_begin (db, QD_HISTORY_EDIT, "", error))
    return FALSE;
  done = edit_all (db, edit, job, error);
  if (done && edit->effect.n_changed > 0)
    {
      summary = make_summary (edit);
      done = qd_history_set_summary (db, summary, error);
    }
  return qd_edit_end (db, done, edit->effect.n_changed > 0, &edit->entry, error);
}

static gboolean
preview_cb (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  return edit_all (db, data, job, error);
}

/**
 * qd_workspace_preview_accounts:
 * @self: a workspace
 * @accounts: (array zero-terminated=1): external ids
 * @field: as for qd_workspace_edit_accounts()
 * @value: (nullable): as for it
 * @job: (nullable): reports and cancels
 * @effect: (out caller-allocates): how many would change
 * @error: return location
 *
 * Says what an edit of several accounts would do, and does nothing.
 *
 * Returns: as qd_workspace_edit_accounts() would
 */
gboolean
qd_workspace_preview_accounts (QdWorkspace       *self,
                               const char *const *accounts,
                               const char        *field,
                               const char        *value,
                               QdJob             *job,
                               QdEditEffect      *effect,
                               GError           **error)
{
  g_auto (Edit) edit = { .accounts = accounts, .field = field, .value = value, .preview = TRUE };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && accounts != NULL && field != NULL && effect != NULL, FALSE);

  edit.n_accounts = g_strv_length ((char **) accounts);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, preview_cb, &edit, job, error))
    return FALSE;
  *effect = edit.effect;
  return TRUE;
}

/**
 * qd_workspace_edit_accounts:
 * @self: a workspace
 * @accounts: (array zero-terminated=1): external ids
 * @field: the field, as import calls it, or a custom one
 * @value: (nullable): the new value; `NULL` or blank clears
 * @job: (nullable): reports and cancels
 * @entry: (out) (optional): the entry of the history, 0 when nothing was to be changed
 * @error: return location
 *
 * Sets one attribute of several accounts, as one entry of the history. A name
 * given to an account that was only mentioned so far makes it a known one.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_UNKNOWN`, `QD_EDIT_ERROR_VALUE`,
 *   `QD_STORE_ERROR_READ_ONLY` or another error of the store; nothing is changed then
 */
gboolean
qd_workspace_edit_accounts (QdWorkspace       *self,
                            const char *const *accounts,
                            const char        *field,
                            const char        *value,
                            QdJob             *job,
                            gint64            *entry,
                            GError           **error)
{
  g_auto (Edit) edit = { .accounts = accounts, .field = field, .value = value };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && accounts != NULL && field != NULL, FALSE);

  edit.n_accounts = g_strv_length ((char **) accounts);
  return qd_edit_run (self, edit_cb, &edit, job, &edit.entry, entry, error);
}

/**
 * qd_workspace_edit_account:
 * @self: a workspace
 * @account: its external id
 * @field: the field, as import calls it, or a custom one
 * @value: (nullable): the new value; `NULL` or blank clears
 * @entry: (out) (optional): the entry of the history, 0 when the value was there already
 * @error: return location
 *
 * Sets one attribute of one account.
 *
 * Returns: as qd_workspace_edit_accounts()
 */
gboolean
qd_workspace_edit_account (QdWorkspace *self,
                           const char  *account,
                           const char  *field,
                           const char  *value,
                           gint64      *entry,
                           GError     **error)
{
  const char *const accounts[] = { account, NULL };

  g_return_val_if_fail (account != NULL, FALSE);
  return qd_workspace_edit_accounts (self, accounts, field, value, NULL, entry, error);
}

/* Looking at one. */

typedef struct
{
  const char *account;
  QdBook *book;
  QdTable *table;
} Look;

static gboolean
look_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  static const QdEditField id_field = { "account_id", N_("Account id"), QD_EDIT_FIXED, TRUE };
  static const QdEditField implied_field = { "implied", N_("Only mentioned so far"), QD_EDIT_FIXED, FALSE };
  Look *look = data;
  g_auto (Account) account = { 0 };
  g_autoptr (QdTable) table = NULL;
  gint64 id = qd_edit_find_account (db, look->account, error);

  if (id == 0 || !load_account (db, id, &account, error))
    return FALSE;
  table = qd_edit_record_new ("account", qd_book_get_currency (look->book));
  qd_edit_record_add (table, &id_field, NULL, look->account, FALSE);
  for (guint i = 0; i < QD_EDIT_N_ACCOUNT_FIELDS; i++)
    {
      g_autofree char *value = show_value (db, qd_edit_account_fields[i].type, account.columns[i]);

      qd_edit_record_add (table, &qd_edit_account_fields[i], NULL, value, FALSE);
    }
  for (guint i = 0; i < qd_book_get_n_dimensions (look->book); i++)
    {
      const char *name = qd_book_get_dimension_name (look->book, i);
      const QdEditField field = { name, name, QD_EDIT_TEXT, FALSE };
      g_autofree char *title = NULL;
      g_autofree char *value = NULL;
      gint64 valid_from;
      gboolean found;

      if (find_column (name) >= 0)
        continue;
      if (!find_value (db, id, name, &found, &valid_from, &value, error))
        return FALSE;
      title = qd_dimension_dup_title (name);
      qd_edit_record_add (table, &field, title, value, TRUE);
    }
  if (account.implied)
    qd_edit_record_add (table, &implied_field, NULL, "yes", FALSE);
  qd_edit_record_add_origin (db, table, account.batch, account.line);
  look->table = g_steal_pointer (&table);
  return TRUE;
}

/**
 * qd_workspace_get_account:
 * @self: a workspace
 * @account: its external id
 * @error: return location
 *
 * Gives every attribute of an account, empty ones too: id, the usual ones,
 * custom ones, then where the record came from. See the header for the columns.
 *
 * Returns: (transfer full) (nullable): the record, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
QdTable *
qd_workspace_get_account (QdWorkspace *self,
                          const char  *account,
                          GError     **error)
{
  g_autoptr (QdBook) book = NULL;
  Look look = { .account = account };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && account != NULL, NULL);

  book = qd_workspace_get_book (self, NULL, error);
  if (book == NULL)
    return NULL;
  look.book = book;
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, look_cb, &look, NULL, error))
    return NULL;
  return look.table;
}
