/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One import from file to commit: open, map, decide how to read, then one
 * transaction in which the kind's own file reads and writes the rows.
 */
#include "config.h"

#include "qd-import-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-saved.h"

#define MANY 1000 /* rows: for fewer it is not worth while to prepare statements without checks of references */

/* What is needed from the workspace before the file can be read. */
typedef struct
{
  const QdKind *kind;
  const QdImportOptions *options;
  QdSource *source;
  char *currency;
  QdSavedMapping *saved;
} Preparation;

static gboolean
prepare (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Preparation *self = data;

  self->currency = qd_db_dup_setting (db, "currency");
  if (self->currency == NULL || qd_currency_get_exponent (self->currency) < 0)
    {
      g_free (self->currency);
      self->currency = g_strdup ("USD");
    }
  if (self->options->ignore_saved && self->options->mapping == NULL)
    return TRUE;
  return qd_saved_find (db, self->kind, self->source, self->options->mapping, &self->saved, error);
}

static gboolean
load_ids (QdDb       *db,
          const char *statement,
          QdIntern   *table,
          GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      const char *text;
      QdInternEntry *entry;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      text = (const char *) sqlite3_column_text (handle, 1);
      entry = qd_intern_add (table, text ? text : "", sqlite3_column_bytes (handle, 1), TRUE, NULL);
      entry->value = sqlite3_column_int64 (handle, 0);
      entry->tag = sqlite3_column_int (handle, 2) ? QD_KNOWN_OLD_IMPLIED : QD_KNOWN_STORED;
    }
}

/* The ids of a named source go before the workspace's own. */
static gboolean
load_identities (QdImport *self,
                 GError  **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  sqlite3_stmt *handle;
  gboolean row;

  if (*self->source_name == 0)
    return TRUE;
  stmt = qd_db_statement (self->db, "intake-identities", error);
  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_text (stmt, 1, self->source_name, -1);
  for (;;)
    {
      const char *text;
      QdInternEntry *entry;
      gint64 id;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      text = (const char *) sqlite3_column_text (handle, 0);
      id = sqlite3_column_int64 (handle, 1);
      entry = qd_intern_add (self->accounts, text ? text : "", sqlite3_column_bytes (handle, 0), TRUE, NULL);
      if (entry->value != id)
        {
          entry->value = id;
          entry->tag = QD_KNOWN_STORED;
        }
    }
}

static gboolean
read_integer (QdDb       *db,
              const char *statement,
              gint64     *value,
              GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);
  gboolean row;

  if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
    return FALSE;
  *value = row ? sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0) : 0;
  return TRUE;
}

static gboolean
load_currencies (QdImport *self,
                 GError  **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "intake-rate-currencies", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  for (;;)
    {
      QdCurrencyUse use = { .has_rate = TRUE };
      const char *code;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      code = (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0);
      if (code == NULL || (use.exponent = qd_currency_get_exponent (code)) < 0)
        continue;
      memcpy (use.code, code, 4);
      if (strcmp (code, g_array_index (self->currencies, QdCurrencyUse, 0).code) != 0)
        g_array_append_val (self->currencies, use);
    }
}

/* The forms of revenue: kind, its statements' prefix, what people call it. */
static const struct
{
  const QdKind *kind;
  const char *prefix;
} forms[] = {
  { &qd_kind_subscriptions, "line" },
  { &qd_kind_mrr, "month" },
  { &qd_kind_movements, "event" },
};

static gboolean
is_revenue (const QdKind *kind)
{
  return kind == &qd_kind_subscriptions || kind == &qd_kind_mrr || kind == &qd_kind_movements;
}

static gboolean
load_forms (QdImport *self,
            GError  **error)
{
  if (!is_revenue (self->kind))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *name = g_strconcat (forms[i].prefix, "-accounts-of-source", NULL);
      g_autoptr (QdStmt) stmt = NULL;
      gboolean row = TRUE;

      if (forms[i].kind == self->kind)
        continue;
      stmt = qd_db_statement (self->db, name, error);
      if (stmt == NULL)
        return FALSE;
      qd_stmt_bind_text (stmt, 1, self->source_name, -1);
      while (row)
        {
          if (!qd_stmt_step (stmt, &row, error))
            return FALSE;
          if (!row)
            break;
          if (self->other_form == NULL)
            self->other_form = qd_key_map_new ();
          qd_key_map_add (self->other_form, sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0), 0, NULL);
        }
    }
  return TRUE;
}

/* What this source gave before of this kind; recorded. */
static gboolean
delete_before (QdImport   *self,
               const char *prefix,
               gboolean   *deleted,
               GError    **error)
{
  g_autofree char *name = g_strconcat (prefix, "-delete-source", NULL);
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, name, error);
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, self->source_name, -1);
  qd_history_record (self->db, TRUE);
  ok = qd_stmt_run (stmt, error);
  qd_history_record (self->db, FALSE);
  *deleted |= ok && qd_db_changes (self->db) > 0;
  return ok;
}

static gboolean
replace_before (QdImport *self,
                gboolean *deleted,
                GError  **error)
{
  if (!self->options->replace)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].kind == self->kind)
      return delete_before (self, forms[i].prefix, deleted, error);
  if (self->kind == &qd_kind_fx)
    return delete_before (self, "rate", deleted, error);
  g_ptr_array_add (self->result->notes,
                   g_strdup_printf (_("--replace changes nothing for %s: rows are merged by their id."), self->kind->name));
  return TRUE;
}

/* Accounts of this file that have another form of revenue from this source. */
static gboolean
settle_forms (QdImport *self,
              gboolean *deleted,
              GError  **error)
{
  guint n = g_hash_table_size (self->clashing);
  g_autoptr (GString) ids = NULL;
  GHashTableIter iter;
  gpointer key;

  if (n == 0)
    return TRUE;
  if (!self->options->replace)
    {
      g_autofree char *names = NULL;

      self->result->clashing = n;
      for (guint i = 0; i < self->clashing_names->len; i++)
        g_ptr_array_add (self->result->clashing_names, g_strdup (g_ptr_array_index (self->clashing_names, i)));
      g_ptr_array_add (self->clashing_names, NULL);
      names = g_strjoinv (", ", (char **) self->clashing_names->pdata);
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORM,
                   ngettext ("%'u account of this file has revenue in another form from the same source already (%s%s). "
                             "Use --replace to put this file in its place, or --source if it comes from another system.",
                             "%'u accounts of this file have revenue in another form from the same source already (%s%s). "
                             "Use --replace to put this file in its place, or --source if it comes from another system.",
                             n),
                   n, names, n > self->clashing_names->len - 1 ? ", …" : "");
      return FALSE;
    }
  ids = g_string_new ("[");
  g_hash_table_iter_init (&iter, self->clashing);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, ids->len > 1 ? "," : "", *(gint64 *) key);
  g_string_append_c (ids, ']');
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *name = g_strconcat (forms[i].prefix, "-delete-account", NULL);
      g_autoptr (QdStmt) stmt = NULL;
      gboolean ok;

      if (forms[i].kind == self->kind)
        continue;
      stmt = qd_db_statement (self->db, name, error);
      if (stmt == NULL)
        return FALSE;
      qd_stmt_bind_text (stmt, 1, ids->str, ids->len);
      qd_stmt_bind_text (stmt, 2, self->source_name, -1);
      qd_history_record (self->db, TRUE);
      ok = qd_stmt_run (stmt, error);
      qd_history_record (self->db, FALSE);
      if (!ok)
        return FALSE;
      *deleted |= qd_db_changes (self->db) > 0;
    }
  g_ptr_array_add (self->result->notes, g_strdup_printf (ngettext ("Revenue in another form was replaced for %'u account.",
                                                                   "Revenue in another form was replaced for %'u accounts.", n),
                                                         n));
  return TRUE;
}

/* Accounts or products out of those that are only mentioned so far. */
typedef struct
{
  QdFeedSource source;
  GArray *implied;
  guint at;
  gboolean product;
} ImpliedSource;

static gconstpointer
pull_implied (QdFeedSource *source)
{
  ImpliedSource *self = (ImpliedSource *) source;

  while (self->at < self->implied->len)
    {
      const QdImplied *row = &g_array_index (self->implied, QdImplied, self->at++);

      if (row->product == self->product)
        return row;
    }
  return NULL;
}

static void
get_implied_column (gconstpointer    row,
                    int              column,
                    sqlite3_context *context)
{
  const QdImplied *self = row;

  if (column == 0)
    sqlite3_result_int64 (context, self->id);
  else if (column == 1)
    sqlite3_result_text (context, self->text, self->length, SQLITE_STATIC);
  else
    sqlite3_result_int64 (context, self->line);
}

/**
 * qd_import_write_implied:
 * @self: an import, on the store's thread
 * @implied: elements are `QdImplied`; emptied
 * @error: return location
 *
 * Writes accounts and products that are only mentioned so far.
 *
 * Returns: whether they are in
 */
gboolean
qd_import_write_implied (QdImport *self,
                         GArray   *implied,
                         GError  **error)
{
  static const char *const statements[] = { "account-implied", "identity-implied", "product-implied" };
  gboolean unchecked = implied->len >= MANY, ok = TRUE;

  if (unchecked)
    qd_feed_check_references (self, FALSE);
  for (guint i = 0; implied->len > 0 && ok && i < G_N_ELEMENTS (statements); i++)
    {
      ImpliedSource rows = { { pull_implied, get_implied_column }, implied, 0, i == 2 };

      if (i != 1 || *self->source_name != 0)
        ok = qd_feed_insert (self, statements[i], &rows.source, error);
    }
  if (unchecked)
    qd_feed_check_references (self, TRUE);
  g_array_set_size (implied, 0);
  return ok;
}

static gboolean
write_row (QdImport   *self,
           guint64     line,
           const char *outcome,
           const char *code,
           const char *field,
           const char *expected,
           const char *found,
           const char *record,
           GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "import-row-insert", error);
  const char *texts[] = { outcome, code, field, expected, found, record };

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, self->batch);
  qd_stmt_bind_integer (stmt, 2, line);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    qd_stmt_bind_text (stmt, 3 + i, texts[i], -1);
  return qd_stmt_run (stmt, error);
}

/**
 * qd_import_write_rejects:
 * @self: an import, on the store's thread
 * @rejects: elements are `QdRejectRow`; emptied
 * @error: return location
 *
 * Writes the ledger rows of rejected rows.
 *
 * Returns: whether they are in
 */
gboolean
qd_import_write_rejects (QdImport *self,
                         GArray   *rejects,
                         GError  **error)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const QdRejectRow *row = &g_array_index (rejects, QdRejectRow, i);

      if (!write_row (self, row->line, "rejected", row->code, row->field, row->expected, row->found, row->record, error))
        return FALSE;
    }
  g_array_set_size (rejects, 0);
  return TRUE;
}

/**
 * qd_import_add_merged:
 * @self: an import, on the store's thread
 * @line: the row's line
 * @error: return location
 *
 * Counts a row that changed what was there, and writes its ledger row.
 *
 * Returns: whether it is in
 */
gboolean
qd_import_add_merged (QdImport *self,
                      guint64   line,
                      GError  **error)
{
  self->result->merged++;
  return write_row (self, line, "merged", "", "", "", "", "", error);
}

/* How the file was read, for the batch. */
static char *
describe_reading (QdImport *self)
{
  const char *orders[] = { "ymd", "dmy", "", "mdy" };
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "encoding=%s\ndelimiter=%s\n", self->source->encoding,
                          self->source->delimiter == '\t' ? "tab" : (char[]){ self->source->delimiter, 0 });
  if (self->reading.file_order != 0)
    g_string_append_printf (out, "date-order=%s\n", orders[self->reading.file_order - 1]);
  g_string_append_printf (out, "decimal=%c\namounts=%s\n", self->reading.decimal == QD_DECIMAL_COMMA ? ',' : '.',
                          self->reading.minor ? "minor" : "major");
  if (self->kind == &qd_kind_movements)
    g_string_append_printf (out, "amounts-are=%s\nlevel-of=%s\n", self->reading.amount_is_change ? "change" : "level",
                            self->reading.of_product ? "product" : "account");
  for (guint i = 0; i < self->result->mapped->len; i++)
    g_string_append_printf (out, "map %s\n", (const char *) g_ptr_array_index (self->result->mapped, i));
  return g_string_free (out, FALSE);
}

static gboolean
insert_batch (QdImport *self,
              GError  **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "batch-insert", error);
  g_autofree char *options = describe_reading (self);
  g_autofree char *headers = g_strjoinv ("\x1f", self->source->headers);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, self->batch);
  qd_stmt_bind_integer (stmt, 2, g_get_real_time () / G_USEC_PER_SEC);
  qd_stmt_bind_text (stmt, 3, self->kind->name, -1);
  qd_stmt_bind_text (stmt, 4, self->source_name, -1);
  qd_stmt_bind_text (stmt, 5, self->source->base, -1);
  qd_stmt_bind_text (stmt, 6, "", -1);
  qd_stmt_bind_text (stmt, 7, options, -1);
  qd_stmt_bind_text (stmt, 8, headers, -1);
  return qd_stmt_run (stmt, error);
}

static gboolean
finish_batch (QdImport *self,
              GError  **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, "batch-counts", error);
  g_autofree char *summary = NULL;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, self->result->read);
  qd_stmt_bind_integer (stmt, 2, self->result->imported);
  qd_stmt_bind_integer (stmt, 3, self->result->merged);
  qd_stmt_bind_integer (stmt, 4, self->result->unchanged);
  qd_stmt_bind_integer (stmt, 5, self->result->rejected);
  qd_stmt_bind_text (stmt, 6, qd_source_get_digest (self->source), -1);
  qd_stmt_bind_integer (stmt, 7, self->result->conflicts);
  qd_stmt_bind_integer (stmt, 8, self->batch);
  if (!qd_stmt_run (stmt, error))
    return FALSE;
  /* Translators: kind of data, name of a file, number of new rows, number of changed rows */
  summary = qd_history_message (N_ ("Import of %s from “%s”: %s new, %s changed"), "tsnn", qd_kind_get_title (self->kind),
                                self->source->base, (gint64) self->result->imported, (gint64) self->result->merged);
  return qd_history_set_summary (self->db, summary, error);
}

static gboolean
run_kind (QdImport *self,
          GError  **error)
{
  if (self->kind == &qd_kind_accounts)
    return qd_import_accounts (self, error);
  if (self->kind == &qd_kind_products)
    return qd_import_products (self, error);
  if (self->kind == &qd_kind_subscriptions)
    return qd_import_subscriptions (self, error);
  if (self->kind == &qd_kind_mrr)
    return qd_import_mrr (self, error);
  if (self->kind == &qd_kind_movements)
    return qd_import_movements (self, error);
  return qd_import_fx (self, error);
}

typedef struct
{
  QdImport import;
  const QdSavedMapping *saved;
  const char *currency;
  QdImportInspect inspect;
  gpointer inspect_data;
} Run;

static gboolean
write_all (Run      *run,
           gboolean *changed,
           GError  **error)
{
  QdImport *self = &run->import;
  gboolean deleted = FALSE;

  if (run->inspect != NULL && !run->inspect (self->db, FALSE, run->inspect_data, self->job, error))
    return FALSE;
  if (!insert_batch (self, error) || !replace_before (self, &deleted, error) ||
      !load_ids (self->db, "intake-accounts", self->accounts, error) || !load_identities (self, error) ||
      !load_ids (self->db, "intake-products", self->products, error) || !load_currencies (self, error) ||
      !load_forms (self, error) || !read_integer (self->db, "intake-next-account", &self->next_account, error) ||
      !read_integer (self->db, "intake-next-product", &self->next_product, error))
    return FALSE;
  if (!run_kind (self, error) || !qd_import_write_implied (self, self->implied, error) ||
      !qd_import_write_rejects (self, self->pending_rejects, error) || !settle_forms (self, &deleted, error) ||
      !finish_batch (self, error))
    return FALSE;
  *changed = deleted || self->result->imported > 0 || self->result->merged > 0;
  return run->inspect == NULL || (self->result->rejected > 0 && !self->options->skip_rejected && !self->options->dry_run) ||
         run->inspect (self->db, TRUE, run->inspect_data, self->job, error);
}

static void
throw_rejected (const QdImportResult *result,
                GError              **error)
{
  const QdReject *first = result->rejects->len > 0 ? g_ptr_array_index (result->rejects, 0) : NULL;
  g_autofree char *what = NULL;

  if (first == NULL)
    what = g_strdup ("");
  else if (*first->header == 0)
    what = g_strdup_printf (_("line %" PRIu64 ": expected %s"), first->line, first->expected);
  else
    what = g_strdup_printf (_("line %" PRIu64 ", column “%s”: expected %s, found “%s”"), first->line, first->header,
                            first->expected, first->found);
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED,
               ngettext ("%'" PRIu64 " of %'" PRIu64 " rows was rejected, so nothing was imported. The first: %s. Correct "
                         "the file, or import the good rows with --skip-rejected.",
                         "%'" PRIu64 " of %'" PRIu64 " rows were rejected, so nothing was imported. The first: %s. Correct "
                         "the file, or import the good rows with --skip-rejected.",
                         result->rejected),
               result->rejected, result->read, what);
}

static gboolean
import_cb (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Run *run = data;
  QdImport *self = &run->import;
  QdImportResult *result = self->result;
  g_autofree char *summary = qd_history_message (N_ ("Import of %s from “%s”"), "ts", qd_kind_get_title (self->kind),
                                                 self->source->base);
  gboolean changed = FALSE, refused;

  self->db = db;
  qd_feed_table_register (qd_db_get_handle (db));
  if (!read_integer (db, "intake-next-batch", &self->batch, error) ||
      !qd_history_begin (db, QD_HISTORY_IMPORT, self->batch, summary, error))
    return FALSE;
  if (!write_all (run, &changed, error))
    {
      qd_history_rollback (db);
      return FALSE;
    }
  refused = result->rejected > 0 && !self->options->skip_rejected;
  if (!changed)
    {
      if (result->unchanged > 0)
        g_ptr_array_add (result->notes,
                         g_strdup (result->read == 0 ? _("The file has a header and no rows; nothing was changed.")
                                                     : _("Everything in this file is in the workspace already; nothing was changed.")));
      else if (result->read == 0)
        g_ptr_array_add (result->notes, g_strdup (_("The file has no rows; nothing was changed.")));
      else if (!refused)
        g_ptr_array_add (result->notes, g_strdup (_("No row could be imported; nothing was changed.")));
    }
  if (self->options->dry_run || refused || !changed)
    {
      qd_history_rollback (db);
      if (refused)
        throw_rejected (result, error);
      return !refused;
    }
  if (!qd_saved_keep (self, run->saved, error))
    {
      qd_history_rollback (db);
      return FALSE;
    }
  if (!qd_history_commit (db, &result->entry, error))
    return FALSE;
  result->batch = self->batch;
  return TRUE;
}

static void
run_clear (Run *run)
{
  QdImport *self = &run->import;

  g_clear_pointer (&self->currencies, g_array_unref);
  g_clear_pointer (&self->accounts, qd_intern_free);
  g_clear_pointer (&self->products, qd_intern_free);
  g_clear_pointer (&self->implied, g_array_unref);
  g_clear_pointer (&self->pending_rejects, g_array_unref);
  g_clear_pointer (&self->other_form, qd_key_map_free);
  g_clear_pointer (&self->clashing, g_hash_table_unref);
  g_clear_pointer (&self->clashing_names, g_ptr_array_unref);
  qd_scan_clear (&self->scan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_init (Run *run)
{
  QdImport *self = &run->import;
  QdCurrencyUse reporting = { .exponent = qd_currency_get_exponent (run->currency), .has_rate = TRUE };

  g_strlcpy (reporting.code, run->currency, sizeof reporting.code);
  self->currencies = g_array_new (FALSE, TRUE, sizeof (QdCurrencyUse));
  g_array_append_val (self->currencies, reporting);
  self->accounts = qd_intern_new ();
  self->products = qd_intern_new ();
  self->implied = g_array_new (FALSE, FALSE, sizeof (QdImplied));
  self->pending_rejects = g_array_new (FALSE, FALSE, sizeof (QdRejectRow));
  g_array_set_clear_func (self->pending_rejects, qd_reject_row_clear);
  self->clashing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->clashing_names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->source->n_headers; i++)
    if (self->source->headers[i][0] != 0)
      self->width = i + 1;
  qd_source_scan (self->source, &self->scan);
}

/* How a file is to be read, as the options of an import say. @any_sheet: of several, one that can be read. */
QdSourceOptions
qd_import_make_reading (const QdImportOptions *options,
                        gboolean               any_sheet)
{
  return (QdSourceOptions) { .encoding = options->encoding,       .delimiter = options->delimiter,
                             .header_line = options->header_line, .no_header = options->no_header,
                             .fixes = options->fixes,             .sheet = options->sheet,
                             .any_sheet = any_sheet };
}

static gboolean
check_options (const QdKind          *kind,
               const QdImportOptions *options,
               GError               **error)
{
  static const char *const orders[] = { "ymd", "dmy", "mdy", NULL };
  static const char *const units[] = { "major", "minor", NULL };
  static const char *const readings[] = { "level", "change", NULL };
  const char *wrong = NULL, *right = NULL;

  if (options->date_order != NULL && !g_strv_contains (orders, options->date_order))
    wrong = options->date_order, right = "ymd|dmy|mdy";
  else if (options->amounts != NULL && !g_strv_contains (units, options->amounts))
    wrong = options->amounts, right = "major|minor";
  else if (options->amounts_are != NULL && !g_strv_contains (readings, options->amounts_are))
    wrong = options->amounts_are, right = "level|change";
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is not one of %s."), wrong, right);
  return FALSE;
}

static void
fill_result (QdImportResult *result,
             QdSource       *source,
             QdMapping      *mapping)
{
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    if (mapping->constant[f] != NULL)
      g_ptr_array_add (result->mapped, g_strdup_printf ("%s:=%s", mapping->kind->fields[f].name, mapping->constant[f]));
    else if (mapping->column[f] >= 0)
      g_ptr_array_add (result->mapped, g_strdup_printf ("%s=%s", mapping->kind->fields[f].name,
                                                        source->headers[mapping->column[f]]));
  for (guint i = 0; i < mapping->custom->len; i++)
    g_ptr_array_add (result->custom,
                     g_strdup (source->headers[g_array_index (mapping->custom, QdCustomField, i).column]));
  for (guint i = 0; i < mapping->ignored->len; i++)
    g_ptr_array_add (result->ignored, g_strdup (g_ptr_array_index (mapping->ignored, i)));
  if (source->encoding_guessed)
    g_ptr_array_add (result->notes, g_strdup_printf (_("The file is no UTF-8; it was read as %s. Look at names with accents, "
                                                       "and name the encoding if they are wrong."),
                                                     source->encoding));
  if (source->uncalculated > 0)
    g_ptr_array_add (result->notes,
                     g_strdup_printf (_("%" PRIu64 "× the sheet holds a formula that was never calculated, which is read as blank. "
                                        "Open the workbook in a spreadsheet and save it."),
                                      source->uncalculated));
  if (source->skipped > 0)
    g_ptr_array_add (result->notes, g_strdup_printf (_("The columns’ names stand in line %" PRIu64
                                                       "; what is above it was passed over."),
                                                     source->header_line));
}

static QdImportResult *
result_new (void)
{
  QdImportResult *result = g_new0 (QdImportResult, 1);

  result->rejects = g_ptr_array_new_with_free_func (qd_reject_free);
  result->groups = g_ptr_array_new_with_free_func (qd_reject_group_free);
  result->clashing_names = g_ptr_array_new_with_free_func (g_free);
  result->ignored = g_ptr_array_new_with_free_func (g_free);
  result->custom = g_ptr_array_new_with_free_func (g_free);
  result->mapped = g_ptr_array_new_with_free_func (g_free);
  result->notes = g_ptr_array_new_with_free_func (g_free);
  return result;
}

/**
 * qd_import_result_free:
 * @self: (nullable): a result
 *
 * Frees it.
 */
void
qd_import_result_free (QdImportResult *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rejects);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->clashing_names);
  g_ptr_array_unref (self->ignored);
  g_ptr_array_unref (self->custom);
  g_ptr_array_unref (self->mapped);
  g_ptr_array_unref (self->notes);
  g_free (self->mapping_name);
  g_free (self->digest);
  g_clear_pointer (&self->changes, qd_table_unref);
  g_clear_pointer (&self->kept, qd_table_unref);
  g_free (self);
}

/**
 * qd_import_run:
 * @store: a workspace
 * @kind: the kind of data
 * @path: the file
 * @options: what was said
 * @rejects_path: (nullable): where to write the rejected rows
 * @inspect: (nullable): called in the transaction before and after the rows
 *   are in; not after when the import is refused
 * @inspect_data: for @inspect
 * @job: (nullable): progress and cancel
 * @result: (out): the row ledger; also set with `QD_INTAKE_ERROR_REJECTED` and
 *   `QD_INTAKE_ERROR_FORM`
 * @error: return location
 *
 * Imports a file in one transaction, all or nothing. Not to be called from the
 * store's thread. Linear in the file and in what is there already; memory: the
 * file once and about 70 bytes for each row that must be told from others.
 *
 * Returns: `FALSE` with a `QD_INTAKE_ERROR`, a `QD_STORE_ERROR` or
 *   `G_IO_ERROR_CANCELLED`; nothing was changed then
 */
gboolean
qd_import_run (QdStore               *store,
               const QdKind          *kind,
               const char            *path,
               const QdImportOptions *options,
               const char            *rejects_path,
               QdImportInspect        inspect,
               gpointer               inspect_data,
               QdJob                 *job,
               QdImportResult       **result,
               GError               **error)
{
  g_autoptr (QdFixes) fixes = NULL;
  g_autoptr (QdSource) source = NULL;
  g_autoptr (QdMapping) mapping = NULL;
  g_autoptr (QdRejects) rejects = NULL;
  g_autoptr (QdSavedMapping) saved = NULL;
  g_autoptr (QdImportResult) own = result_new ();
  g_autofree char *currency = NULL;
  g_autoptr (GError) local = NULL;
  const QdSourceOptions reading = qd_import_make_reading (options, FALSE);
  Preparation preparation = { kind, options, NULL, NULL, NULL };
  g_auto (Run) run = { .inspect = inspect, .inspect_data = inspect_data };
  gboolean ok;

  g_return_val_if_fail (store != NULL && kind != NULL && path != NULL && options != NULL && result != NULL, FALSE);

  *result = NULL;
  qd_job_report (job, 0, _("Reading the file"));
  if (!check_options (kind, options, error))
    return FALSE;
  source = qd_source_open_with (path, &reading, job, error);
  if (source == NULL)
    return FALSE;
  if (options->digest != NULL && strcmp (options->digest, qd_source_get_digest (source)) != 0)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_CHANGED,
                   _("“%s” has changed since it was looked at, so nothing was imported. Look at it again."), source->base);
      return FALSE;
    }
  preparation.source = source;
  ok = qd_store_run (store, QD_STORE_PRIORITY_READ, prepare, &preparation, job, error);
  currency = preparation.currency;
  saved = preparation.saved;
  if (!ok)
    return FALSE;
  mapping = qd_mapping_new (kind, source, options->map, options->set, saved, own->notes, error);
  if (mapping == NULL || !qd_mapping_take_rules (mapping, options->values, options->collisions, saved, error))
    return FALSE;
  source->fixes = fixes = qd_mapping_dup_fixes (mapping, options->fixes);
  fill_result (own, source, mapping);
  own->mapping_name = saved != NULL ? g_strdup (saved->name) : NULL;

  run.currency = currency;
  run.saved = saved;
  run.import.kind = kind;
  run.import.options = options;
  run.import.source_name = options->source != NULL ? options->source : "";
  run.import.source = source;
  run.import.mapping = mapping;
  run.import.result = own;
  run.import.job = job;
  run.import.record_rejects = options->skip_rejected && !options->dry_run;
  if (!qd_detect_reading (source, mapping, options, saved, currency, &run.import.reading, own->notes, NULL, job, error))
    return FALSE;
  rejects = qd_rejects_new (source, rejects_path);
  run.import.rejects = rejects;
  run_init (&run);

  ok = qd_store_run (store, QD_STORE_PRIORITY_BULK, import_cb, &run, job, &local);
  own->digest = g_strdup (qd_source_get_digest (source));
  if (g_error_matches (local, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORM))
    *result = g_steal_pointer (&own);
  else if (ok || g_error_matches (local, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED))
    {
      *result = g_steal_pointer (&own);
      if (!qd_rejects_finish (rejects, local == NULL ? error : NULL))
        {
          /* The rows are in; what failed is the file beside it, and that must be said. */
          if (local == NULL)
            return FALSE;
        }
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (ok)
    qd_job_report (job, 1, NULL);
  return ok;
}
