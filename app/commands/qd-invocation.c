/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-invocation.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

struct _QdInvocation
{
  char *verb;
  QdJob *job;
  GPtrArray *arguments;
  GHashTable *options; /* name → GPtrArray of char*, NULL ends */
  GString *output;
};

G_DEFINE_QUARK (qd-command-error-quark, qd_command_error)

/**
 * qd_invocation_new:
 * @verb: the verb's name
 * @job: (transfer none): carries progress and the wish to stop
 *
 * Returns: (transfer full): an invocation without arguments
 */
QdInvocation *
qd_invocation_new (const char *verb,
                   QdJob      *job)
{
  QdInvocation *self = g_new0 (QdInvocation, 1);

  self->verb = g_strdup (verb);
  self->job = g_object_ref (job);
  self->arguments = g_ptr_array_new_with_free_func (g_free);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->output = g_string_new (NULL);
  return self;
}

/**
 * qd_invocation_free:
 * @self: an invocation
 */
void
qd_invocation_free (QdInvocation *self)
{
  g_free (self->verb);
  g_object_unref (self->job);
  g_ptr_array_unref (self->arguments);
  g_hash_table_unref (self->options);
  g_string_free (self->output, TRUE);
  g_free (self);
}

void
qd_invocation_add_argument (QdInvocation *self,
                            const char   *argument)
{
  g_ptr_array_add (self->arguments, g_strdup (argument));
}

/**
 * qd_invocation_add_option:
 * @self: an invocation
 * @name: an option's name without dashes
 * @value: (nullable): its value; `NULL` for a flag
 *
 * Notes that an option was given; repeated values are kept in order.
 */
void
qd_invocation_add_option (QdInvocation *self,
                          const char   *name,
                          const char   *value)
{
  GPtrArray *values = g_hash_table_lookup (self->options, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (values, NULL);
      g_hash_table_insert (self->options, g_strdup (name), values);
    }
  if (value != NULL)
    g_ptr_array_insert (values, (int) values->len - 1, g_strdup (value));
}

/**
 * qd_invocation_get_job:
 * @self: an invocation
 *
 * Returns: (transfer none): the job that Ctrl+C cancels
 */
QdJob *
qd_invocation_get_job (const QdInvocation *self)
{
  return self->job;
}

guint
qd_invocation_get_n_arguments (const QdInvocation *self)
{
  return self->arguments->len;
}

/**
 * qd_invocation_get_argument:
 * @self: an invocation
 * @index: from 0
 *
 * Returns: (nullable): the bytes of an argument, `NULL` when there is none
 */
const char *
qd_invocation_get_argument (const QdInvocation *self,
                            guint               index)
{
  return index < self->arguments->len ? g_ptr_array_index (self->arguments, index) : NULL;
}

/**
 * qd_invocation_dup_display:
 * @self: an invocation
 * @index: of an argument that is there
 *
 * Returns: (transfer full): a file name as it can be shown, in UTF-8
 */
char *
qd_invocation_dup_display (const QdInvocation *self,
                           guint               index)
{
  g_return_val_if_fail (index < self->arguments->len, NULL);
  return qd_terminal_dup_file_name (g_ptr_array_index (self->arguments, index));
}

gboolean
qd_invocation_has (const QdInvocation *self,
                   const char         *option)
{
  return g_hash_table_contains (self->options, option);
}

/**
 * qd_invocation_get_list:
 * @self: an invocation
 * @option: an option's name
 *
 * Returns: (nullable) (array zero-terminated=1): the values in order, `NULL` when it was not given
 */
const char *const *
qd_invocation_get_list (const QdInvocation *self,
                        const char         *option)
{
  GPtrArray *values = g_hash_table_lookup (self->options, option);

  return values != NULL ? (const char *const *) values->pdata : NULL;
}

/**
 * qd_invocation_get_file:
 * @self: an invocation
 * @option: an option's name
 *
 * Returns: (nullable): the bytes of the option's value
 */
const char *
qd_invocation_get_file (const QdInvocation *self,
                        const char         *option)
{
  const char *const *values = qd_invocation_get_list (self, option);

  return values != NULL ? values[0] : NULL;
}

static gboolean
require_utf8 (const char *what,
              const char *text,
              GError    **error)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return TRUE;
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
               /* Translators: %s is an option such as --where, or the name of an argument */
               _("%s is not valid UTF-8 text."), what);
  return FALSE;
}

/**
 * qd_invocation_get_text:
 * @self: an invocation
 * @option: an option's name
 * @text: (out) (transfer none) (nullable): its value, `NULL` when it was not given
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` when the value is not UTF-8
 */
gboolean
qd_invocation_get_text (const QdInvocation *self,
                        const char         *option,
                        const char        **text,
                        GError            **error)
{
  g_autofree char *name = g_strconcat ("--", option, NULL);

  *text = qd_invocation_get_file (self, option);
  return require_utf8 (name, *text, error);
}

/**
 * qd_invocation_get_argument_text:
 * @self: an invocation
 * @index: from 0
 * @text: (out) (transfer none) (nullable): the argument, `NULL` when there is none
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` when it is not UTF-8
 */
gboolean
qd_invocation_get_argument_text (const QdInvocation *self,
                                 guint               index,
                                 const char        **text,
                                 GError            **error)
{
  g_autofree char *name = NULL;

  *text = qd_invocation_get_argument (self, index);
  if (*text == NULL)
    return TRUE;
  name = qd_invocation_dup_display (self, index);
  return require_utf8 (name, *text, error);
}

static gboolean
parse_integer (const char *name,
               const char *text,
               gint64      low,
               gint64      high,
               gint64     *value,
               GError    **error)
{
  g_autofree char *shown = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  if (g_ascii_string_to_signed (text, 10, low, high, value, NULL))
    return TRUE;
  shown = qd_terminal_dup_safe (text);
  least = qd_terminal_format_count (low);
  most = qd_terminal_format_count (high);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("--%s takes a whole number from %s to %s, not “%s”."),
               name, least, most, shown);
  return FALSE;
}

/**
 * qd_invocation_get_integer:
 * @self: an invocation
 * @option: an option's name
 * @low: least value
 * @high: greatest value
 * @value: (inout): keeps what it holds when the option was not given
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` when it is no number or out of range
 */
gboolean
qd_invocation_get_integer (const QdInvocation *self,
                           const char         *option,
                           gint64              low,
                           gint64              high,
                           gint64             *value,
                           GError            **error)
{
  const char *text = qd_invocation_get_file (self, option);

  return text == NULL || parse_integer (option, text, low, high, value, error);
}

/**
 * qd_invocation_get_id:
 * @self: an invocation
 * @option: an option whose value is the id of an entry
 * @id: (out): the id, 0 when the option was not given
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` when it is no id
 */
gboolean
qd_invocation_get_id (const QdInvocation *self,
                      const char         *option,
                      gint64             *id,
                      GError            **error)
{
  const char *text = qd_invocation_get_file (self, option);
  g_autofree char *shown = NULL;

  *id = 0;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  shown = qd_terminal_dup_safe (text);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
               _("--%s takes the number in the first column of “quarterdeck %s WORKSPACE”, not “%s”."), option,
               self->verb, shown);
  return FALSE;
}

/**
 * qd_invocation_get_choice:
 * @self: an invocation
 * @option: an option's name
 * @choices: (array zero-terminated=1): what it may be
 * @choice: (out) (transfer none) (nullable): one of @choices, `NULL` when it was not given
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` and the list of choices
 */
gboolean
qd_invocation_get_choice (const QdInvocation *self,
                          const char         *option,
                          const char *const  *choices,
                          const char        **choice,
                          GError            **error)
{
  const char *text = qd_invocation_get_file (self, option);
  g_autofree char *list = NULL;
  g_autofree char *shown = NULL;

  *choice = NULL;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      {
        *choice = choices[i];
        return TRUE;
      }
  list = g_strjoinv (", ", (char **) choices);
  shown = qd_terminal_dup_safe (text);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
               /* Translators: --format takes one of text, csv, json, not “xml” */
               _("--%s takes one of %s, not “%s”."), option, list, shown);
  return FALSE;
}

/**
 * qd_invocation_get_pairs:
 * @self: an invocation
 * @option: an option whose values are KEY=VALUE
 * @pairs: (out) (transfer full) (nullable) (element-type utf8 utf8): `NULL` when it was not given
 * @error: return location
 *
 * The key ends at the first equals sign; the value may hold more of them.
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` on a value without an equals sign or a key given twice
 */
gboolean
qd_invocation_get_pairs (const QdInvocation *self,
                         const char         *option,
                         GHashTable        **pairs,
                         GError            **error)
{
  const char *const *values = qd_invocation_get_list (self, option);
  g_autoptr (GHashTable) table = NULL;
  g_autofree char *name = g_strconcat ("--", option, NULL);

  *pairs = NULL;
  if (values == NULL)
    return TRUE;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; values[i] != NULL; i++)
    {
      const char *equals = strchr (values[i], '=');
      g_autofree char *key = NULL;

      if (!require_utf8 (name, values[i], error))
        return FALSE;
      if (equals == NULL || equals == values[i])
        {
          g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                       _("%s takes two parts joined by an equals sign, not “%s”."), name, values[i]);
          return FALSE;
        }
      key = g_strndup (values[i], (gsize) (equals - values[i]));
      if (g_hash_table_contains (table, key))
        {
          g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("%s sets “%s” twice."), name, key);
          return FALSE;
        }
      g_hash_table_insert (table, g_steal_pointer (&key), g_strdup (equals + 1));
    }
  *pairs = g_steal_pointer (&table);
  return TRUE;
}

/**
 * qd_invocation_get_output:
 * @self: an invocation
 *
 * Returns: (transfer none): what will be written to standard output, UTF-8
 */
GString *
qd_invocation_get_output (QdInvocation *self)
{
  return self->output;
}

/**
 * qd_invocation_print:
 * @self: an invocation
 * @format: printf format, translated
 * @...: arguments
 *
 * Adds text to the output.
 */
void
qd_invocation_print (QdInvocation *self,
                     const char   *format,
                     ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->output, format, arguments);
  va_end (arguments);
}

/**
 * qd_invocation_message:
 * @self: an invocation
 * @format: printf format, translated, without a line end
 * @...: arguments
 *
 * Tells the person something on standard error, now.
 */
void
qd_invocation_message (QdInvocation *self,
                       const char   *format,
                       ...)
{
  va_list arguments;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  safe = qd_terminal_dup_safe (text);
  fprintf (stderr, "%squarterdeck: %s\n", isatty (STDERR_FILENO) ? "\r\033[K" : "", safe);
}

/**
 * qd_invocation_open_workspace:
 * @self: an invocation whose first argument is a workspace
 * @access: what for
 * @error: return location
 *
 * Opens the workspace and passes on what the store says about it.
 *
 * Returns: (transfer full) (nullable): the workspace
 */
QdWorkspace *
qd_invocation_open_workspace (QdInvocation *self,
                              QdAccess      access,
                              GError      **error)
{
  QdStoreFlags flags = access == QD_ACCESS_READ ? QD_STORE_OPEN_COPY_IF_LOCKED : QD_STORE_OPEN_DEFAULT;
  g_autoptr (QdWorkspace) workspace =
      qd_workspace_open (qd_invocation_get_argument (self, 0), flags, self->job, error);
  QdStore *store;

  if (workspace == NULL)
    return NULL;
  store = qd_workspace_get_store (workspace);
  if (access == QD_ACCESS_WRITE && qd_store_is_read_only (store))
    {
      g_autofree char *name = qd_invocation_dup_display (self, 0);

      if (qd_store_get_notice (store) != NULL)
        g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_INPUT, _("%s cannot be changed: %s"), name,
                     qd_store_get_notice (store));
      else
        g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_INPUT,
                     _("%s cannot be changed: you may only read it. Ask for the right to write, or work on a copy."),
                     name);
      return NULL;
    }
  if (qd_store_get_notice (store) != NULL)
    qd_invocation_message (self, "%s", qd_store_get_notice (store));
  return g_steal_pointer (&workspace);
}
