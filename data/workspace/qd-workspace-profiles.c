/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Definition profiles in the store. Version 1 of "Board" holds the defaults
 * and exists without a row, so that a new file needs none.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-workspace-edit-private.h"

#define BOARD "Board"
#define MAX_NAME 80

static int
compare_profiles (gconstpointer a,
                  gconstpointer b)
{
  const QdProfile *first = *(const QdProfile *const *) a;
  const QdProfile *second = *(const QdProfile *const *) b;
  int order = strcmp (first->name, second->name);

  if (order != 0)
    return order;
  return first->version < second->version ? -1 : first->version > second->version;
}

static QdProfile *
find (GPtrArray  *profiles,
      const char *name,
      guint       version)
{
  QdProfile *found = NULL;

  for (guint i = 0; i < profiles->len; i++)
    {
      QdProfile *profile = profiles->pdata[i];

      if (strcmp (profile->name, name) == 0 && (version == 0 || profile->version == version))
        found = profile;
    }
  return found;
}

/* One row a choice; a profile of which no choice is stored has one row without a key. */
static gboolean
read_row (sqlite3_stmt *row,
          GPtrArray    *profiles,
          GError      **error)
{
  const char *name = (const char *) sqlite3_column_text (row, 0);
  guint version = (guint) sqlite3_column_int64 (row, 1);
  const char *key = (const char *) sqlite3_column_text (row, 2);
  const char *value = (const char *) sqlite3_column_text (row, 3);
  QdProfile *profile = find (profiles, name, version);

  if (profile == NULL)
    {
      profile = qd_profile_new (name, version);
      g_ptr_array_add (profiles, profile);
    }
  return key == NULL || qd_profile_set_choice (profile, key, value, error);
}

static gboolean
read_profiles (QdDb    *db,
               gpointer data,
               QdJob   *job,
               GError **error)
{
  GPtrArray **profiles = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "workspace-profiles", error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_profile_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      if (!qd_stmt_step (stmt, &row, error) || (row && !read_row (qd_stmt_get_handle (stmt), found, error)))
        return FALSE;
    }
  if (find (found, BOARD, 1) == NULL)
    g_ptr_array_add (found, qd_profile_new (BOARD, 1));
  g_ptr_array_sort (found, compare_profiles);
  *profiles = g_steal_pointer (&found);
  return TRUE;
}

/**
 * qd_workspace_list_profiles:
 * @self: a workspace
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type QdProfile): all versions of all profiles, by name, then version
 */
GPtrArray *
qd_workspace_list_profiles (QdWorkspace *self,
                            GError     **error)
{
  GPtrArray *profiles = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, read_profiles, &profiles, NULL, error))
    return NULL;
  return profiles;
}

static char *
list_labels (GPtrArray *profiles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < profiles->len; i++)
    {
      g_autofree char *label = qd_profile_dup_label (profiles->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
    }
  return g_string_free (text, FALSE);
}

/* "Board" or "Board@2". */
static QdProfile *
find_labelled (GPtrArray  *profiles,
               const char *text,
               GError    **error)
{
  const char *at = strrchr (text, '@');
  g_autofree char *name = at != NULL ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
  g_autofree char *labels = NULL;
  QdProfile *found = NULL;
  guint64 version = 0;

  if (at == NULL || g_ascii_string_to_unsigned (at + 1, 10, 1, G_MAXINT, &version, NULL))
    found = find (profiles, name, (guint) version);
  if (found != NULL)
    return found;
  labels = list_labels (profiles);
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN, _("There is no definition profile “%s”. There are: %s."),
               text, labels);
  return NULL;
}

/**
 * qd_workspace_get_profile:
 * @self: a workspace
 * @name: (nullable): a name for its latest version, or name@version; `NULL`: Board
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the profile, or `NULL` with `QD_METRIC_ERROR_UNKNOWN`
 */
QdProfile *
qd_workspace_get_profile (QdWorkspace *self,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (GPtrArray) profiles = NULL;
  const QdProfile *found;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  profiles = qd_workspace_list_profiles (self, error);
  if (profiles == NULL)
    return NULL;
  found = find_labelled (profiles, name != NULL ? name : BOARD, error);
  return found != NULL ? qd_profile_copy (found) : NULL;
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  gboolean good = *name != '\0' && g_utf8_strlen (name, -1) <= MAX_NAME && strchr (name, '@') == NULL &&
                  !g_ascii_isspace (*name);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    good = good && !g_unichar_iscntrl (g_utf8_get_char (p));
  if (!good)
    g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                 _("A profile's name has 1 to %d characters and no @, so “%s” is none."), MAX_NAME, name);
  return good;
}

static gboolean
apply_changes (QdProfile         *profile,
               const char *const *changes,
               GError           **error)
{
  for (guint i = 0; changes != NULL && changes[i] != NULL; i++)
    {
      const char *equals = strchr (changes[i], '=');
      g_autofree char *key = NULL;

      if (equals == NULL)
        {
          g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN, _("“%s” is not of the form key=value."),
                       changes[i]);
          return FALSE;
        }
      key = g_strndup (changes[i], (gsize) (equals - changes[i]));
      if (!qd_profile_set_choice (profile, key, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const QdProfile *profile;
  char *base;
} Edit;

static gboolean
insert_choices (QdDb            *db,
                const QdProfile *profile,
                GError         **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "workspace-choice-insert", error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < qd_profile_get_n_keys (); i++)
    {
      qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "name"), profile->name, -1);
      qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "version"), profile->version);
      qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "key"), qd_profile_get_key (i), -1);
      qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "value"), qd_profile_get_choice (profile, i), -1);
      if (!qd_stmt_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_profile (QdDb       *db,
                const Edit *edit,
                GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "workspace-profile-insert", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "name"), edit->profile->name, -1);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "version"), edit->profile->version);
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "base"), edit->base, -1);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "created"), g_get_real_time () / G_USEC_PER_SEC);
  return qd_stmt_run (stmt, error) && insert_choices (db, edit->profile, error);
}

static gboolean
write_profile (QdDb    *db,
               gpointer data,
               QdJob   *job,
               GError **error)
{
  const Edit *edit = data;
  g_autofree char *label = qd_profile_dup_label (edit->profile);
  g_autofree char *summary = qd_history_message (N_("Defined profile %s"), "s", label);

  return qd_edit_begin (db, QD_HISTORY_PROFILE, summary, error) &&
         qd_edit_end (db, insert_profile (db, edit, error), TRUE, NULL, error);
}

/**
 * qd_workspace_edit_profile:
 * @self: a workspace
 * @name: the profile to change or to make
 * @like: (nullable): take the choices of this one, name or name@version
 * @changes: (nullable) (array zero-terminated=1): "key=value"
 * @error: return location
 *
 * Makes a new version of a profile, or a new profile; older versions stay. One
 * entry of the history. A version that would be like the latest is not made.
 *
 * Returns: (transfer full) (nullable): the latest version, or `NULL` with
 *   `QD_METRIC_ERROR_UNKNOWN` or `QD_METRIC_ERROR_RANGE`
 */
QdProfile *
qd_workspace_edit_profile (QdWorkspace       *self,
                           const char        *name,
                           const char        *like,
                           const char *const *changes,
                           GError           **error)
{
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (QdProfile) profile = NULL;
  g_autofree char *base_label = NULL;
  const QdProfile *latest;
  const QdProfile *base;
  Edit edit;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && name != NULL, NULL);

  if (!check_name (name, error))
    return NULL;
  profiles = qd_workspace_list_profiles (self, error);
  if (profiles == NULL)
    return NULL;
  latest = find (profiles, name, 0);
  base = like != NULL ? find_labelled (profiles, like, error) : latest;
  if (like != NULL && base == NULL)
    return NULL;

  profile = base != NULL ? qd_profile_copy (base) : qd_profile_new (name, 1);
  g_free (profile->name);
  profile->name = g_strdup (name);
  profile->version = latest != NULL ? latest->version + 1 : 1;
  if (!apply_changes (profile, changes, error))
    return NULL;
  if (latest != NULL && qd_profile_equal (latest, profile))
    return qd_profile_copy (latest);

  base_label = base != NULL ? qd_profile_dup_label (base) : g_strdup ("");
  edit = (Edit) { profile, base_label };
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, write_profile, &edit, NULL, error))
    return NULL;
  qd_workspace_changed (self);
  return g_steal_pointer (&profile);
}
