/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-ui-state.h"

#include <gio/gio.h>
#include <stdlib.h>

#include "../../data/base/qd-task.h"

#define WRITE_AFTER_MS 1000

static GKeyFile *state;
static guint write_source;
static guint64 asked;   /* number of the last state that was to be written */
static guint64 written; /* of the last that was; under the lock */
static GMutex lock;

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "quarterdeck", "state.ini", NULL);
}

static GKeyFile *
get_state (void)
{
  g_autofree char *path = NULL;

  if (state != NULL)
    return state;
  path = dup_path ();
  state = g_key_file_new ();
  g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL); /* none yet, or a spoiled one: begin anew */
  return state;
}

/* Key files know no brackets in groups and few signs in keys. */
static char *
escape (const char *name)
{
  return g_uri_escape_string (name, "/ ", FALSE);
}

/* What to write, and which of all states it is. */
typedef struct
{
  char *text;
  guint64 number;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *writing = data;

  g_free (writing->text);
  g_free (writing);
}

static Writing *
make_writing (void)
{
  Writing *writing = g_new (Writing, 1);

  writing->text = g_key_file_to_data (get_state (), NULL, NULL);
  writing->number = ++asked;
  return writing;
}

/* One after the other, and none after a later one: at the end there are two that write, a worker and the main thread. */
static void
write_state (const Writing *writing)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (writing->number < written)
    return;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, writing->text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  written = writing->number;
}

static gboolean
is_written (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return written == asked;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  write_state (data);
  g_task_return_boolean (task, TRUE);
}

static gboolean
write_cb (gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  write_source = 0;
  g_task_set_task_data (task, make_writing (), free_writing);
  qd_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

/**
 * qd_ui_state_dup_text:
 * @group: what the value belongs to
 * @key: its name
 *
 * Returns: (transfer full) (nullable): what was kept
 */
char *
qd_ui_state_dup_text (const char *group,
                      const char *key)
{
  g_autofree char *escaped_group = escape (group);
  g_autofree char *escaped_key = escape (key);

  return g_key_file_get_string (get_state (), escaped_group, escaped_key, NULL);
}

/**
 * qd_ui_state_set_text:
 * @group: what the value belongs to
 * @key: its name
 * @value: (nullable): what to keep; `NULL` removes it
 *
 * Keeps a text until the next start.
 */
void
qd_ui_state_set_text (const char *group,
                      const char *key,
                      const char *value)
{
  g_autofree char *escaped_group = escape (group);
  g_autofree char *escaped_key = escape (key);
  g_autofree char *old = g_key_file_get_string (get_state (), escaped_group, escaped_key, NULL);

  if (g_strcmp0 (old, value) == 0)
    return;
  if (value != NULL)
    g_key_file_set_string (state, escaped_group, escaped_key, value);
  else
    g_key_file_remove_key (state, escaped_group, escaped_key, NULL);
  if (write_source == 0)
    write_source = g_timeout_add (WRITE_AFTER_MS, write_cb, NULL);
}

/**
 * qd_ui_state_get_integer:
 * @group: what the value belongs to
 * @key: its name
 * @fallback: the answer when nothing was kept
 *
 * Returns: what was kept
 */
int
qd_ui_state_get_integer (const char *group,
                         const char *key,
                         int         fallback)
{
  g_autofree char *text = qd_ui_state_dup_text (group, key);
  gint64 value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT, G_MAXINT, &value, NULL))
    return fallback;
  return (int) value;
}

void
qd_ui_state_set_integer (const char *group,
                         const char *key,
                         int         value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  qd_ui_state_set_text (group, key, text);
}

/**
 * qd_ui_state_flush:
 *
 * Writes what is pending and waits for it.
 */
void
qd_ui_state_flush (void)
{
  Writing *writing;

  if (write_source == 0 && is_written ())
    return;
  g_clear_handle_id (&write_source, g_source_remove);
  writing = make_writing ();
  write_state (writing);
  free_writing (writing);
}

void
qd_ui_state_reload (void)
{
  qd_ui_state_flush ();
  g_clear_pointer (&state, g_key_file_unref);
}
