/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes by hand, each one entry of the history, and what pages need to show
 * and to take back: attributes, revenue rows, settings, saved mappings,
 * checkpoints. All functions block on the store's thread and may be called
 * from any other one. What can be written no longer fails halfway: either the
 * whole edit is in, or nothing is.
 *
 * Values are text: ISO dates, plain decimals with a point, true and false; a
 * notation that can be read in one way only is taken too, an ambiguous one is
 * refused with both readings. NULL and "" clear.
 */
#pragma once

#include "qd-workspace.h"

G_BEGIN_DECLS

#define QD_EDIT_ERROR (qd_edit_error_quark ())
GQuark qd_edit_error_quark (void);

typedef enum
{
  QD_EDIT_ERROR_UNKNOWN, /* no such account, line, field, setting, mapping */
  QD_EDIT_ERROR_VALUE,   /* the value does not fit the field; the message says what would */
} QdEditError;

/* Accounts. @field: as import calls it ("name", "segment", "signup_date", …) or a custom field that exists.
 * @entry: (out): 0 when the value is there already: nothing was changed. */
gboolean qd_workspace_edit_account (QdWorkspace *self, const char *account, const char *field, const char *value,
                                    gint64 *entry, GError **error);
/* The same field of several accounts (NULL-terminated): one entry. */
gboolean qd_workspace_edit_accounts (QdWorkspace *self, const char *const *accounts, const char *field,
                                     const char *value, QdJob *job, gint64 *entry, GError **error);
/* What that would do: nothing is changed. */
typedef struct
{
  guint n_changed; /* the others have the value already */
  guint n_empty;   /* of those that change: had no value */
} QdEditEffect;
gboolean qd_workspace_preview_accounts (QdWorkspace *self, const char *const *accounts, const char *field,
                                        const char *value, QdJob *job, QdEditEffect *effect, GError **error);

/* Revenue rows of every form by their key, as qd_workspace_get_account_lines() gives it: "line:L1", "month:12",
 * "event:7". Fields of a line: start, end, mrr, arr, product, currency, quantity, unit_price, interval, interval_count,
 * discount, trial, canceled_at, notice_date, auto_renew, term_months. Of a month: month, mrr, product, currency. Of a
 * movement: date, mrr (the level after it) or change, product, currency, kind. */
gboolean qd_workspace_edit_row (QdWorkspace *self, const char *key, const char *field, const char *value, gint64 *entry,
                                GError **error);
gboolean qd_workspace_delete_row (QdWorkspace *self, const char *key, gint64 *entry, GError **error);
QdTable *qd_workspace_get_row (QdWorkspace *self, const char *key, GError **error);
/* @form: "line", "month", "event". The fields that a new one takes, as a record. */
QdTable *qd_workspace_propose_row (QdWorkspace *self, const char *form, GError **error);
/* @values: field, value, …, NULL. @preview: nothing is added, it is only looked whether it could be.
 * @key: (out) (optional) */
gboolean qd_workspace_add_row (QdWorkspace *self, const char *account, const char *form, const char *const *values,
                               gboolean preview, char **key, gint64 *entry, GError **error);

/* Records, for details pages. Columns of the first, as of a row's: field, title (translated), value (missing: empty),
 * type ("text", "date", "integer", "money", "number", "percent", "boolean", "currency", "account", "product",
 * "interval", "month"; "fixed" cannot be edited), custom ("yes", "no"), required ("yes", "no"). */
QdTable *qd_workspace_get_account (QdWorkspace *self, const char *account, GError **error);
/* The revenue rows of one account in the order of time: form ("line", "month", "event"), id, product, start, end,
 * mrr, change, currency, trial, canceled_at, kind, import, file, line, key. */
QdTable *qd_workspace_get_account_lines (QdWorkspace *self, const char *account, GError **error);

/* History. What the keys for undo and redo act on, 0 without @error set: nothing. @summary: translated. */
gint64 qd_workspace_find_undo (QdWorkspace *self, char **summary, GError **error);
gint64 qd_workspace_find_redo (QdWorkspace *self, char **summary, GError **error);
/* The same, found and done in one turn. FALSE with G_IO_ERROR_NOT_FOUND: nothing. */
gboolean qd_workspace_undo_last (QdWorkspace *self, QdJob *job, char **summary, GPtrArray **kept, GError **error);
gboolean qd_workspace_redo_last (QdWorkspace *self, QdJob *job, char **summary, GPtrArray **kept, GError **error);
gboolean qd_workspace_redo (QdWorkspace *self, gint64 entry, QdJob *job, GPtrArray **kept, GError **error);
/* What an entry changed, field by field, at most @limit rows (0: all): record, id, field, change ("added", "changed",
 * "removed"), old, new. Rows that an import added are counted by it, not listed here. */
QdTable *qd_workspace_get_changes (QdWorkspace *self, gint64 entry, guint limit, GError **error);
/* Rows of an import that did not go the usual way: line, outcome ("merged", "rejected"), code, field, expected, found,
 * record. */
QdTable *qd_workspace_get_import_rows (QdWorkspace *self, gint64 batch, GError **error);
/* Its rejected rows as a CSV with line and reason behind them, to be corrected and imported. */
gboolean qd_workspace_save_rejected (QdWorkspace *self, gint64 batch, const char *path, guint64 *rows, GError **error);
/* How its file was read: lines key=value, and "map FIELD=HEADER". */
char *qd_workspace_dup_import_options (QdWorkspace *self, gint64 batch, GError **error);

/* Settings of pages, such as saved views: keys have a prefix, "view:NAME". A NULL @value removes one. @summary: what
 * the history says, of qd_history_message(); NULL: a sentence made from the key. */
char *qd_workspace_get_setting (QdWorkspace *self, const char *key, GError **error);
gboolean qd_workspace_set_setting (QdWorkspace *self, const char *key, const char *value, const char *summary,
                                   gint64 *entry, GError **error);
GPtrArray *qd_workspace_list_settings (QdWorkspace *self, const char *prefix, GError **error); /* char*, keys, sorted */

/* Saved import mappings: name, kind, headers (joined by ", "), body. */
QdTable *qd_workspace_list_mappings (QdWorkspace *self, GError **error);
gboolean qd_workspace_rename_mapping (QdWorkspace *self, const char *name, const char *new_name, gint64 *entry,
                                      GError **error);
gboolean qd_workspace_delete_mapping (QdWorkspace *self, const char *name, gint64 *entry, GError **error);

/* As a file that can be given to somebody else (data/intake/qd-mapping-file.h). @text: what stands in it. */
char *qd_workspace_write_mapping (QdWorkspace *self, const char *name, GError **error);
/* @name (out): what it is called here; @entry: 0 when the same mapping is there already. Another mapping for the same
 * columns goes; undo brings it back. */
gboolean qd_workspace_read_mapping (QdWorkspace *self, const char *text, gsize length, char **name, gint64 *entry,
                                    GError **error);
gboolean qd_workspace_import_mapping (QdWorkspace *self, const char *path, char **name, gint64 *entry, GError **error);

/* Copies. @name NULL: the date and the time. @path (out) (optional): where it is. */
gboolean qd_workspace_checkpoint (QdWorkspace *self, const char *name, QdJob *job, char **path, GError **error);
/* @replace: the person agreed to replace what is there; never a workspace that is open. */
gboolean qd_workspace_save_copy (QdWorkspace *self, const char *path, gboolean replace, QdJob *job, GError **error);

G_END_DECLS
