/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message is stored as one text: the English sentence, for people who look
 * with another tool, then U+001F and the sentence without its arguments
 * (singular U+001E plural), then each argument behind U+001F and a letter for
 * its type. The sentence comes from a file: it is never given to printf.
 */
#include "config.h"

#include "qd-history-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SEPARATOR '\x1f'
#define PLURAL '\x1e'
#define MAX_ARGUMENT 160 /* characters */
#define MAX_ARGUMENTS 9

/* One line without separators, shortened when it is long. */
static void
append_argument (GString    *out,
                 const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (n == MAX_ARGUMENT)
        {
          g_string_append (out, "…");
          return;
        }
      g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
    }
}

/* Replaces %s and %1$s by @arguments, %% by a percent sign; anything else stays. */
static char *
fill (const char        *sentence,
      const char *const *arguments,
      guint              n_arguments)
{
  GString *out = g_string_new (NULL);
  guint next = 0;

  for (const char *p = sentence; *p != '\0'; p++)
    {
      guint which = MAX_ARGUMENTS + 1;

      if (p[0] == '%' && p[1] == 's')
        {
          which = next++;
          p += 1;
        }
      else if (p[0] == '%' && p[1] >= '1' && p[1] <= '9' && p[2] == '$' && p[3] == 's')
        {
          which = (guint) (p[1] - '1');
          p += 3;
        }
      else if (p[0] == '%' && p[1] == '%')
        p++;
      if (which < n_arguments)
        g_string_append (out, arguments[which]);
      else if (which > MAX_ARGUMENTS)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* The sentence of a stored pair or single one, in English or translated, with @arguments ("n12", "sAcme", …). */
static char *
say (const char *msgid,
     char      **arguments,
     guint       n_arguments,
     gboolean    translate)
{
  const char *plural = strchr (msgid, PLURAL);
  g_autofree char *singular = plural ? g_strndup (msgid, (gsize) (plural - msgid)) : g_strdup (msgid);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const char *sentence = singular;
  gint64 number = 1;

  n_arguments = MIN (n_arguments, MAX_ARGUMENTS);
  for (guint i = n_arguments; i-- > 0;)
    if (arguments[i][0] == 'n')
      number = g_ascii_strtoll (arguments[i] + 1, NULL, 10);
  for (guint i = 0; i < n_arguments; i++)
    {
      const char *text = arguments[i][0] != '\0' ? arguments[i] + 1 : "";

      if (arguments[i][0] == 'n' && translate)
        g_ptr_array_add (texts, g_strdup_printf ("%'" G_GINT64_FORMAT, g_ascii_strtoll (text, NULL, 10)));
      else if (arguments[i][0] == 't' && translate && *text != '\0')
        g_ptr_array_add (texts, g_strdup (g_dgettext (GETTEXT_PACKAGE, text)));
      else
        g_ptr_array_add (texts, g_strdup (text));
    }
  if (plural != NULL && translate)
    sentence = g_dngettext (GETTEXT_PACKAGE, singular, plural + 1, (gulong) ABS (number));
  else if (plural != NULL)
    sentence = number == 1 ? singular : plural + 1;
  else if (translate && *singular != '\0')
    sentence = g_dgettext (GETTEXT_PACKAGE, singular);
  return fill (sentence, (const char *const *) texts->pdata, texts->len);
}

/**
 * qd_history_message:
 * @msgid: the sentence in English, marked by N_() or QD_N_PLURAL(), with %s for each argument
 * @types: the arguments' types: s (`const char *`, as it is), t (`const char *`, translated when shown),
 *   n (gint64)
 * @...: the arguments
 *
 * Makes the summary of an entry such that it can be shown in any language.
 * Long arguments are shortened.
 *
 * Returns: (transfer full): the summary for qd_history_begin()
 */
char *
qd_history_message (const char *msgid,
                    const char *types,
                    ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *english = NULL;
  GString *out;
  va_list list;

  g_return_val_if_fail (msgid != NULL && types != NULL && strlen (types) <= MAX_ARGUMENTS, NULL);

  va_start (list, types);
  for (const char *type = types; *type != '\0'; type++)
    {
      GString *argument = g_string_new (NULL);

      g_string_append_c (argument, *type);
      if (*type == 'n')
        g_string_append_printf (argument, "%" G_GINT64_FORMAT, va_arg (list, gint64));
      else
        append_argument (argument, va_arg (list, const char *));
      g_ptr_array_add (arguments, g_string_free (argument, FALSE));
    }
  va_end (list);

  english = say (msgid, (char **) arguments->pdata, arguments->len, FALSE);
  out = g_string_new (english);
  g_string_append_printf (out, "%c%s", SEPARATOR, msgid);
  for (guint i = 0; i < arguments->len; i++)
    g_string_append_printf (out, "%c%s", SEPARATOR, (const char *) arguments->pdata[i]);
  return g_string_free (out, FALSE);
}

/**
 * qd_history_message_english:
 * @message: a stored summary
 *
 * Returns: (transfer full): what it says, in English
 */
char *
qd_history_message_english (const char *message)
{
  const char *end;

  g_return_val_if_fail (message != NULL, NULL);
  end = strchr (message, SEPARATOR);
  return end ? g_strndup (message, (gsize) (end - message)) : g_strdup (message);
}

/**
 * qd_history_message_translate:
 * @message: a stored summary
 *
 * Returns: (transfer full): what it says, in the language of the program
 */
char *
qd_history_message_translate (const char *message)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  g_return_val_if_fail (message != NULL, NULL);
  parts = g_strsplit (message, (char[]){ SEPARATOR, '\0' }, -1);
  n = g_strv_length (parts);
  return n >= 2 ? say (parts[1], parts + 2, n - 2, TRUE) : g_strdup (message);
}
