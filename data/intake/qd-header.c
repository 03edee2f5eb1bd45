/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the header of a column says about its amounts.
 */
#include "qd-header.h"

#include <string.h>

#include "../base/qd-money.h"
#include "qd-parse-value.h"

/* The words of a header, with what stands in brackets; @brackets FALSE leaves that out. */
static char *
words_of (const char *header,
          gboolean    brackets)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  int depth = 0;

  if (brackets)
    return qd_value_identifier (header);
  for (const char *p = header; *p; p++)
    {
      if (*p == '(' || *p == '[')
        depth++;
      if (depth == 0)
        g_string_append_c (kept, *p);
      if ((*p == ')' || *p == ']') && depth > 0)
        depth--;
    }
  return qd_value_identifier (kept->str);
}

static gboolean
is_minor_word (const char *word)
{
  return strcmp (word, "cents") == 0 || strcmp (word, "minor") == 0 || strcmp (word, "pennies") == 0 ||
         strcmp (word, "pence") == 0;
}

static gboolean
is_currency_word (const char *word,
                  char        code[4])
{
  if (strlen (word) != 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    code[i] = g_ascii_toupper (word[i]);
  code[3] = 0;
  return qd_currency_get_exponent (code) >= 0;
}

/**
 * qd_header_says_minor:
 * @header: a header
 *
 * Returns: whether it says that its amounts are cents or other minor units
 */
gboolean
qd_header_says_minor (const char *header)
{
  g_autofree char *all = words_of (header, TRUE);
  g_auto (GStrv) words = g_strsplit (all, "_", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (is_minor_word (words[i]))
      return TRUE;
  return FALSE;
}

/**
 * qd_header_get_currency:
 * @header: a header
 * @code: (out caller-allocates): the currency that its first or last word or its brackets name
 *
 * Returns: whether it names one
 */
gboolean
qd_header_get_currency (const char *header,
                        char        code[4])
{
  g_autofree char *all = words_of (header, TRUE);
  g_auto (GStrv) words = g_strsplit (all, "_", -1);
  guint n = g_strv_length (words);

  if (strstr (header, "€") != NULL)
    return g_strlcpy (code, "EUR", 4) > 0;
  if (strstr (header, "£") != NULL)
    return g_strlcpy (code, "GBP", 4) > 0;
  return n > 1 && (is_currency_word (words[n - 1], code) || (n > 2 && is_minor_word (words[n - 1]) &&
                                                             is_currency_word (words[n - 2], code)));
}

/**
 * qd_header_is_of_rejects:
 * @header: a header
 *
 * Returns: whether it is one of the columns that a file of rejected rows has
 *   beside the file's own
 */
gboolean
qd_header_is_of_rejects (const char *header)
{
  return strcmp (header, "reject_line") == 0 || strcmp (header, "reject_reason") == 0;
}

char *
qd_header_dup_words (const char *header)
{
  return words_of (header, FALSE);
}

char *
qd_header_dup_amount (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "_", -1);
  guint n = g_strv_length (parts);
  char code[4];

  while (n > 1 &&
         (is_minor_word (parts[n - 1]) || strcmp (parts[n - 1], "in") == 0 || is_currency_word (parts[n - 1], code)))
    g_clear_pointer (&parts[--n], g_free);
  return g_strjoinv ("", parts);
}
