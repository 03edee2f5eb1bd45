/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-workspace.h"

#include <glib/gi18n-lib.h>

#include "../book/qd-book-load.h"
#include "qd-workspace-private.h"

/* Ledgers kept for the profiles that are being compared. */
#define MAX_LEDGERS 4

struct _QdWorkspace
{
  GObject parent_instance;

  QdStore *store;
  GMainContext *context;

  GMutex mutex;       /* guards what follows */
  QdBook *book;
  GPtrArray *ledgers; /* QdLedger of @book, the one used last is last */
  QdSearch *search;   /* of a book, perhaps an older one */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QdWorkspace, qd_workspace, G_TYPE_OBJECT)

static gboolean
changed_cb (gpointer data)
{
  GWeakRef *reference = data;
  g_autoptr (QdWorkspace) self = g_weak_ref_get (reference);

  if (self != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
free_reference (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/**
 * qd_workspace_changed:
 * @self: a workspace
 *
 * Emits "changed" soon, on the main context that made the workspace. From any thread.
 */
void
qd_workspace_changed (QdWorkspace *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_weak_ref_init (reference, self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, changed_cb, reference, free_reference);
  g_source_attach (source, self->context);
}

static void
qd_workspace_finalize (GObject *object)
{
  QdWorkspace *self = QD_WORKSPACE (object);

  g_ptr_array_unref (self->ledgers);
  g_clear_pointer (&self->search, qd_search_unref);
  g_clear_pointer (&self->book, qd_book_unref);
  g_clear_pointer (&self->store, qd_store_unref);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (qd_workspace_parent_class)->finalize (object);
}

static void
qd_workspace_class_init (QdWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = qd_workspace_finalize;

  /**
   * QdWorkspace::changed:
   *
   * A change was committed; qd_workspace_get_book() gives the new book.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
qd_workspace_init (QdWorkspace *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->ledgers = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_ledger_unref);
}

static QdWorkspace *
wrap_store (QdStore *store)
{
  QdWorkspace *self;

  if (store == NULL)
    return NULL;
  self = g_object_new (QD_TYPE_WORKSPACE, NULL);
  self->store = store;
  return self;
}

/**
 * qd_workspace_create:
 * @path: where to make the file; nothing may be there
 * @settings: name, currency, first month of the fiscal year
 * @error: return location
 *
 * Makes an empty workspace.
 *
 * Returns: (transfer full) (nullable): the workspace, or `NULL` with an error of qd_store_create()
 */
QdWorkspace *
qd_workspace_create (const char            *path,
                     const QdStoreSettings *settings,
                     GError               **error)
{
  g_return_val_if_fail (path != NULL && settings != NULL, NULL);
  return wrap_store (qd_store_create (path, settings, error));
}

/**
 * qd_workspace_open:
 * @path: a workspace file
 * @flags: how to open it
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Opens a workspace. No book is loaded before somebody asks for one.
 *
 * Returns: (transfer full) (nullable): the workspace, or `NULL` with an error of qd_store_open()
 */
QdWorkspace *
qd_workspace_open (const char  *path,
                   QdStoreFlags flags,
                   QdJob       *job,
                   GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  return wrap_store (qd_store_open (path, flags, job, error));
}

/**
 * qd_workspace_get_store:
 * @self: a workspace
 *
 * Returns: (transfer none): its store
 */
QdStore *
qd_workspace_get_store (QdWorkspace *self)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  return self->store;
}

/**
 * qd_workspace_get_path:
 * @self: a workspace
 *
 * Returns: (transfer none): the file's name, bytes as they were given
 */
const char *
qd_workspace_get_path (QdWorkspace *self)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  return qd_store_get_path (self->store);
}

static gboolean
load_book (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  QdBook **book = data;

  *book = qd_book_load (db, job, error);
  return *book != NULL;
}

static gboolean
keep_book (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  qd_book_keep (data, db);
  return TRUE;
}

/**
 * qd_workspace_get_book:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Gives the book of the newest version and loads it when needed. Blocks; may
 * be called from any thread but the store's.
 *
 * Returns: (transfer full) (nullable): the book
 */
QdBook *
qd_workspace_get_book (QdWorkspace *self,
                       QdJob       *job,
                       GError     **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  QdBook *book = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  if (self->book != NULL && qd_book_get_version (self->book) == qd_store_get_version (self->store))
    return qd_book_ref (self->book);
  if (!qd_store_run (self->store, QD_STORE_PRIORITY_READ, load_book, &book, job, error))
    return NULL;
  if (qd_book_should_keep (book))
    qd_store_run_later (self->store, keep_book, qd_book_ref (book), (GDestroyNotify) qd_book_unref);
  g_ptr_array_set_size (self->ledgers, 0);
  g_clear_pointer (&self->book, qd_book_unref);
  self->book = book;
  return qd_book_ref (book);
}

/**
 * qd_workspace_forget:
 * @self: a workspace
 *
 * Drops the book and the ledgers at hand. From any thread but the store's.
 */
void
qd_workspace_forget (QdWorkspace *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->ledgers, 0);
  g_clear_pointer (&self->search, qd_search_unref);
  g_clear_pointer (&self->book, qd_book_unref);
}

static QdLedger *
find_ledger (QdWorkspace     *self,
             const QdBook    *book,
             const QdProfile *profile)
{
  for (guint i = 0; i < self->ledgers->len; i++)
    {
      QdLedger *ledger = self->ledgers->pdata[i];

      if (qd_ledger_matches (ledger, book, profile))
        {
          g_ptr_array_add (self->ledgers, qd_ledger_ref (ledger));
          g_ptr_array_remove_index (self->ledgers, i);
          return qd_ledger_ref (ledger);
        }
    }
  return NULL;
}

/**
 * qd_workspace_get_ledger:
 * @self: a workspace
 * @profile: the definitions
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Gives the ledger of the newest book under a profile; the last few are kept.
 * Blocks; may be called from any thread but the store's.
 *
 * Returns: (transfer full) (nullable): the ledger, or `NULL` with an error of
 *   qd_ledger_new() or of loading the book
 */
QdLedger *
qd_workspace_get_ledger (QdWorkspace     *self,
                         const QdProfile *profile,
                         QdJob           *job,
                         GError         **error)
{
  g_autoptr (QdBook) book = NULL;
  QdLedger *ledger;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && profile != NULL, NULL);

  book = qd_workspace_get_book (self, job, error);
  if (book == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  ledger = find_ledger (self, book, profile);
  g_mutex_unlock (&self->mutex);
  if (ledger != NULL)
    return ledger;

  ledger = qd_ledger_new (book, profile, job, error);
  if (ledger == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  if (self->book == book)
    {
      if (self->ledgers->len >= MAX_LEDGERS)
        g_ptr_array_remove_index (self->ledgers, 0);
      g_ptr_array_add (self->ledgers, qd_ledger_ref (ledger));
    }
  g_mutex_unlock (&self->mutex);
  return ledger;
}

typedef struct
{
  const QdBook *book;
  char **domains; /* one for each account */
} Domains;

static gboolean
read_domains (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  Domains *domains = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "search-domains", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      guint32 account;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      account = qd_book_find_account (domains->book, (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));
      if (account != QD_BOOK_NONE && domains->domains[account] == NULL)
        domains->domains[account] = g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1));
    }
  return TRUE;
}

/**
 * qd_workspace_get_search:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Gives the index over the accounts of the newest book; it is kept until the
 * next change. Blocks, some hundred milliseconds for 50,000 accounts the first
 * time; may be called from any thread but the store's.
 *
 * Returns: (transfer full) (nullable): the search
 */
QdSearch *
qd_workspace_get_search (QdWorkspace *self,
                         QdJob       *job,
                         GError     **error)
{
  g_autoptr (QdBook) book = NULL;
  QdSearch *search = NULL;
  Domains domains = { 0 };
  guint32 n;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);

  book = qd_workspace_get_book (self, job, error);
  if (book == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  if (self->search != NULL && qd_search_get_book (self->search) == book)
    search = qd_search_ref (self->search);
  g_mutex_unlock (&self->mutex);
  if (search != NULL)
    return search;

  n = qd_book_get_n_accounts (book);
  domains.book = book;
  domains.domains = g_new0 (char *, (gsize) n + 1);
  if (qd_store_run (self->store, QD_STORE_PRIORITY_READ, read_domains, &domains, job, error))
    search = qd_search_new (book, (const char *const *) domains.domains);
  for (guint32 i = 0; i < n; i++)
    g_free (domains.domains[i]);
  g_free (domains.domains);
  if (search == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->search, qd_search_unref);
  self->search = qd_search_ref (search);
  g_mutex_unlock (&self->mutex);
  return search;
}

static gboolean
list_history (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  GPtrArray **entries = data;

  *entries = qd_history_list (db, error);
  return *entries != NULL;
}

/**
 * qd_workspace_list_history:
 * @self: a workspace
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type QdHistoryEntry): every change, newest first
 */
GPtrArray *
qd_workspace_list_history (QdWorkspace *self,
                           GError     **error)
{
  GPtrArray *entries = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  if (!qd_store_run (self->store, QD_STORE_PRIORITY_READ, list_history, &entries, NULL, error))
    return NULL;
  return entries;
}

typedef struct
{
  gint64 entry;              /* 0: that of @batch */
  gint64 batch;
  GPtrArray **kept;
  gboolean with_later;
  GPtrArray **later;
  QdHistoryPreview *preview; /* nullable: nothing is changed */
} Undo;

/* The entry of an import, 0 with an error when there is none. */
static gint64
find_entry (QdDb    *db,
            gint64   batch,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *number = NULL;
  gint64 entry = qd_history_find_batch (db, batch, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return 0;
    }
  if (entry > 0)
    return entry;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, batch);
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
               _("There is no import %s. The list of imports shows their numbers."), number);
  return 0;
}

static gboolean
undo (QdDb    *db,
      gpointer data,
      QdJob   *job,
      GError **error)
{
  Undo *self = data;

  if (self->entry == 0)
    {
      self->entry = find_entry (db, self->batch, error);
      if (self->entry == 0)
        return FALSE;
    }
  if (self->preview != NULL)
    return qd_history_preview_undo (db, self->entry, job, self->preview, error);
  return self->with_later ? qd_history_undo_with_later (db, self->entry, job, self->later, error)
                          : qd_history_undo (db, self->entry, job, self->kept, error);
}

static gboolean
run_undo (QdWorkspace *self,
          Undo        *what,
          QdJob       *job,
          GError     **error)
{
  if (!qd_store_run (self->store, QD_STORE_PRIORITY_EDIT, undo, what, job, error))
    return FALSE;
  if (what->preview == NULL)
    qd_workspace_changed (self);
  return TRUE;
}

/**
 * qd_workspace_undo:
 * @self: a workspace
 * @entry: an entry of the history
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * Takes a change back, as a change of its own.
 *
 * Returns: as qd_history_undo()
 */
gboolean
qd_workspace_undo (QdWorkspace *self,
                   gint64       entry,
                   QdJob       *job,
                   GPtrArray  **kept,
                   GError     **error)
{
  Undo what = { .entry = entry, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && entry > 0, FALSE);
  return run_undo (self, &what, job, error);
}

/**
 * qd_workspace_undo_import:
 * @self: a workspace
 * @batch: an import, as qd_workspace_get_imports() numbers it
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * Takes an import back: its rows go, what it overwrote returns.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_NOT_UNDOABLE` when there is no such
 *   import, else as qd_history_undo()
 */
gboolean
qd_workspace_undo_import (QdWorkspace *self,
                          gint64       batch,
                          QdJob       *job,
                          GPtrArray  **kept,
                          GError     **error)
{
  Undo what = { .batch = batch, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && batch > 0, FALSE);
  return run_undo (self, &what, job, error);
}

/**
 * qd_workspace_undo_with_later:
 * @self: a workspace
 * @entry: an entry of the history, 0: that of @batch
 * @batch: an import, when there is no @entry
 * @job: (nullable): reports and cancels
 * @later: (out) (optional) (transfer full) (element-type QdHistoryEntry): what went back with it, the newest first
 * @error: return location
 *
 * Takes a change back together with the later ones that stand on it, as one
 * step: all of them or nothing.
 *
 * Returns: as qd_history_undo_with_later()
 */
gboolean
qd_workspace_undo_with_later (QdWorkspace *self,
                              gint64       entry,
                              gint64       batch,
                              QdJob       *job,
                              GPtrArray  **later,
                              GError     **error)
{
  Undo what = { .entry = entry, .batch = batch, .with_later = TRUE, .later = later };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && (entry > 0 || batch > 0), FALSE);
  return run_undo (self, &what, job, error);
}

/**
 * qd_workspace_preview_undo:
 * @self: a workspace
 * @entry: an entry of the history, 0: that of @batch
 * @batch: an import, when there is no @entry
 * @job: (nullable): reports and cancels
 * @preview: (out): what the undo would leave as it is, and the later changes that stand on it
 * @error: return location
 *
 * Says what qd_workspace_undo() and qd_workspace_undo_with_later() would do;
 * nothing is changed. As costly as they are, but for the newest change, which
 * touches nothing later.
 *
 * Returns: `FALSE` as both would
 */
gboolean
qd_workspace_preview_undo (QdWorkspace      *self,
                           gint64            entry,
                           gint64            batch,
                           QdJob            *job,
                           QdHistoryPreview *preview,
                           GError          **error)
{
  Undo what = { .entry = entry, .batch = batch, .preview = preview };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && (entry > 0 || batch > 0) && preview != NULL, FALSE);
  return run_undo (self, &what, job, error);
}
