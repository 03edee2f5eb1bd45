/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-terminal.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "../../data/base/qd-money.h"

/* A character that may not reach a terminal from a file: controls, and the marks that turn reading order. */
static gboolean
is_unsafe (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
         c == 0x200f;
}

/**
 * qd_terminal_dup_safe:
 * @text: bytes of any kind
 *
 * Makes text that can be shown in one line: line ends and tabs become spaces,
 * other controls and bytes that are not UTF-8 become U+FFFD.
 *
 * Returns: (transfer full): valid UTF-8 without control characters
 */
char *
qd_terminal_dup_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid) + 1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || c == '\r')
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, is_unsafe (c) ? 0xfffd : c);
    }
  return g_string_free (out, FALSE);
}

/**
 * qd_terminal_dup_file_name:
 * @bytes: a file's name
 *
 * Returns: (transfer full): the name as it can be shown
 */
char *
qd_terminal_dup_file_name (const char *bytes)
{
  g_autofree char *name = g_filename_display_name (bytes);

  return qd_terminal_dup_safe (g_utf8_validate (bytes, -1, NULL) ? bytes : name);
}

static guint
get_char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * qd_terminal_get_width:
 * @text: UTF-8
 *
 * Returns: how many columns of a terminal it takes
 */
guint
qd_terminal_get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_char_width (g_utf8_get_char (p));
  return width;
}

/**
 * qd_terminal_dup_cut:
 * @text: UTF-8
 * @width: columns, at least 1
 *
 * Returns: (transfer full): @text, or its beginning and an ellipsis
 */
char *
qd_terminal_dup_cut (const char *text,
                 guint       width)
{
  guint used = 0;
  const char *p;

  if (qd_terminal_get_width (text) <= width)
    return g_strdup (text);
  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint next = get_char_width (g_utf8_get_char (p));

      if (used + next > width - 1)
        break;
      used += next;
    }
  return g_strdup_printf ("%.*s…", (int) (p - text), text);
}

/**
 * qd_terminal_append_cell:
 * @out: where to
 * @text: UTF-8
 * @width: columns to fill
 * @right: whether it stands at the right
 */
void
qd_terminal_append_cell (GString    *out,
                     const char *text,
                     guint       width,
                     gboolean    right)
{
  guint used = qd_terminal_get_width (text);
  guint space = used < width ? width - used : 0;

  if (!right)
    g_string_append (out, text);
  for (guint i = 0; i < space; i++)
    g_string_append_c (out, ' ');
  if (right)
    g_string_append (out, text);
}

/**
 * qd_terminal_append_wrapped:
 * @out: where to, at the column @indent
 * @text: UTF-8; a line end in it starts a paragraph
 * @indent: columns before each further line
 * @width: columns of the whole line
 *
 * Adds text broken at spaces, and a line end.
 */
void
qd_terminal_append_wrapped (GString    *out,
                        const char *text,
                        guint       indent,
                        guint       width)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (paragraphs[i], " ", -1);
      guint column = indent;
      gboolean first = TRUE;

      if (i > 0 && paragraphs[i][0] != '\0')
        qd_terminal_append_cell (out, "", indent, FALSE);
      for (guint j = 0; words[j] != NULL; j++)
        {
          guint used = qd_terminal_get_width (words[j]);

          if (!first && column + 1 + used > width)
            {
              g_string_append_c (out, '\n');
              qd_terminal_append_cell (out, "", indent, FALSE);
              column = indent;
              first = TRUE;
            }
          if (!first)
            {
              g_string_append_c (out, ' ');
              column++;
            }
          g_string_append (out, words[j]);
          column += used;
          first = FALSE;
        }
      g_string_append_c (out, '\n');
    }
}

/* The person's own signs; where the locale has no sign for groups and a point as decimal sign, commas help to read. */
static void
get_signs (char **decimal,
           char **group)
{
  const struct lconv *locale = localeconv ();

  *decimal = g_locale_to_utf8 (locale->decimal_point, -1, NULL, NULL, NULL);
  *group = g_locale_to_utf8 (locale->thousands_sep, -1, NULL, NULL, NULL);
  if (*decimal == NULL || **decimal == '\0')
    {
      g_free (*decimal);
      *decimal = g_strdup (".");
    }
  if (*group == NULL || (**group == '\0' && strcmp (*decimal, ".") == 0))
    {
      g_free (*group);
      *group = g_strdup (strcmp (*decimal, ",") == 0 ? "" : ",");
    }
}

/* @plain: an optional minus, digits, and perhaps a point with more digits. */
static char *
localise (const char *plain)
{
  g_autofree char *decimal = NULL;
  g_autofree char *group = NULL;
  GString *out = g_string_new (NULL);
  const char *digits = plain;
  gsize n;

  get_signs (&decimal, &group);
  if (*digits == '-')
    {
      g_string_append (out, "−");
      digits++;
    }
  n = strspn (digits, "0123456789");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_c (out, digits[i]);
      if (i + 1 < n && (n - i - 1) % 3 == 0)
        g_string_append (out, group);
    }
  if (digits[n] == '.')
    {
      g_string_append (out, decimal);
      g_string_append (out, digits + n + 1);
    }
  return g_string_free (out, FALSE);
}

/**
 * qd_terminal_format_count:
 * @value: a count
 *
 * Returns: (transfer full): "12,345" in the locale's signs
 */
char *
qd_terminal_format_count (gint64 value)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return localise (plain);
}

/**
 * qd_terminal_format_money:
 * @minor: an amount in minor units
 * @exponent: decimals of the currency, 0 to 4
 *
 * Returns: (transfer full): the amount in major units, exactly, in the locale's signs
 */
char *
qd_terminal_format_money (gint64 minor,
                      int    exponent)
{
  g_autofree char *plain = qd_money_to_iso (minor, exponent);

  return localise (plain);
}

/**
 * qd_terminal_format_number:
 * @value: finite
 * @decimals: 0 to 12
 *
 * Returns: (transfer full): the number in the locale's signs
 */
char *
qd_terminal_format_number (double value,
                       int    decimals)
{
  g_autofree char *format = g_strdup_printf ("%%.%df", decimals);
  char plain[512];

  g_ascii_formatd (plain, sizeof plain, format, value);
  /* what rounds to nothing has no sign */
  if (plain[0] == '-' && strspn (plain + 1, "0.") == strlen (plain + 1))
    return localise (plain + 1);
  return localise (plain);
}

/**
 * qd_terminal_format_rate:
 * @fraction: 1.043 is 104.3 %
 *
 * Returns: (transfer full): a percentage with two decimals
 */
char *
qd_terminal_format_rate (double fraction)
{
  g_autofree char *number = qd_terminal_format_number (fraction * 100, 2);

  return g_strconcat (number, "%", NULL);
}

/**
 * qd_terminal_format_month:
 * @month: a month, or `QD_MONTH_NONE`
 *
 * Returns: (transfer full): "2025-06", or a dash for none
 */
char *
qd_terminal_format_month (QdMonth month)
{
  return month == QD_MONTH_NONE ? g_strdup ("–") : qd_month_to_iso (month);
}

/**
 * qd_terminal_format_time:
 * @unix_seconds: a moment
 *
 * Returns: (transfer full): local date and time to the minute
 */
char *
qd_terminal_format_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("–");
}

static guint
get_distance (const char *a,
              const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= n; j++)
        {
          guint above = row[j];
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          row[j] = MIN (MIN (above, row[j - 1]) + 1, change);
          diagonal = above;
        }
    }
  return row[n];
}

/**
 * qd_terminal_nearest:
 * @word: what was typed
 * @words: (array zero-terminated=1): what exists
 *
 * Returns: (nullable): the one that was probably meant, `NULL` when none is near
 */
const char *
qd_terminal_nearest (const char        *word,
                 const char *const *words)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  if (strlen (word) > 64)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint distance = get_distance (word, words[i]);

      if (distance < least)
        {
          least = distance;
          nearest = words[i];
        }
    }
  return least <= MAX (1, (strlen (word) + 1) / 3) ? nearest : NULL;
}
