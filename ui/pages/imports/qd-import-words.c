/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/intake/qd-kinds.h"

typedef struct
{
  const char *code;
  const char *text; /* msgid */
} Word;

static const Word reasons[] = {
  { "missing", N_ ("value missing") },
  { "bad-date", N_ ("no date") },
  { "bad-month", N_ ("no month") },
  { "bad-boolean", N_ ("neither yes nor no") },
  { "bad-number", N_ ("no number") },
  { "bad-amount", N_ ("no amount") },
  { "bad-currency", N_ ("no currency") },
  { "bad-choice", N_ ("not one of the choices") },
  { "bad-interval", N_ ("no billing interval") },
  { "bad-rate", N_ ("wrong rate") },
  { "unknown-currency", N_ ("unknown currency") },
  { "no-rate", N_ ("no exchange rate") },
  { "not-positive", N_ ("not above zero") },
  { "negative", N_ ("below zero") },
  { "too-large", N_ ("amount too large") },
  { "too-few-cells", N_ ("too few cells") },
  { "too-many-cells", N_ ("too many cells") },
  { "repeated", N_ ("repeated in the file") },
  { "own-parent", N_ ("its own parent") },
  { "circle", N_ ("parents in a circle") },
  { "end-before-start", N_ ("ends before it starts") },
};

static const Word options[] = {
  { "encoding", N_ ("Encoding") },
  { "delimiter", N_ ("Separator") },
  { "date-order", N_ ("Order of dates") },
  { "decimal", N_ ("Decimal sign") },
  { "amounts", N_ ("Amounts in") },
  { "amounts-are", N_ ("Amounts are") },
  { "level-of", N_ ("Levels are those of") },
};

/* What options can be: "KEY=VALUE". */
static const Word values[] = {
  { "delimiter=,", N_ ("Comma") },
  { "delimiter=;", N_ ("Semicolon") },
  { "delimiter=\t", N_ ("Tab") },
  { "delimiter=|", N_ ("Vertical Bar") },
  { "date-order=ymd", N_ ("Year, Month, Day") },
  { "date-order=dmy", N_ ("Day, Month, Year") },
  { "date-order=mdy", N_ ("Month, Day, Year") },
  { "decimal=.", N_ ("Point") },
  { "decimal=,", N_ ("Comma") },
  { "amounts=major", N_ ("Whole units") },
  { "amounts=minor", N_ ("Cents or other minor units") },
  { "amounts-are=level", N_ ("Levels after the event") },
  { "amounts-are=change", N_ ("Changes by the event") },
  { "level-of=account", N_ ("Account") },
  { "level-of=product", N_ ("Product") },
};

static const char *
find (const Word *words,
      gsize       n_words,
      const char *code)
{
  for (gsize i = 0; i < n_words; i++)
    if (strcmp (words[i].code, code) == 0)
      return _(words[i].text);
  return code;
}

/**
 * qd_import_describe_reason:
 * @code: why a row was rejected or merged
 *
 * Returns: (transfer none): a few translated words
 */
const char *
qd_import_describe_reason (const char *code)
{
  return find (reasons, G_N_ELEMENTS (reasons), code);
}

/**
 * qd_import_describe_option:
 * @key: something that decided how a file was read
 *
 * Returns: (transfer none): what it is, translated
 */
const char *
qd_import_describe_option (const char *key)
{
  return find (options, G_N_ELEMENTS (options), key);
}

/**
 * qd_import_describe_value:
 * @key: something that decided how a file was read
 * @value: (not nullable): how, as the workspace keeps it
 *
 * Returns: (transfer none): that in words; what has none stays as it is
 */
const char *
qd_import_describe_value (const char *key,
                          const char *value)
{
  g_autofree char *both = g_strconcat (key, "=", value, NULL);
  const char *words = find (values, G_N_ELEMENTS (values), both);

  return words != both ? words : value;
}

/**
 * qd_import_describe_kind:
 * @name: name of a kind of data
 *
 * Returns: (transfer full): its translated title, with a capital to begin with
 */
char *
qd_import_describe_kind (const char *name)
{
  const QdKind *kind = qd_kind_find (name, NULL);
  const char *title = kind != NULL ? _(qd_kind_get_title (kind)) : name;
  g_autofree char *first = g_utf8_substring (title, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, title + strlen (first), NULL);
}

/**
 * qd_import_describe_changes:
 * @changes: records that were changed, a row for each field
 *
 * Returns: (transfer full): the same for people
 */
QdTable *
qd_import_describe_changes (const QdTable *changes)
{
  static const QdColumn columns[] = {
    { "record", N_ ("Record"), QD_COLUMN_TEXT }, { "id", N_ ("Id"), QD_COLUMN_TEXT },
    { "field", N_ ("Field"), QD_COLUMN_TEXT },   { "change", N_ ("Change"), QD_COLUMN_TEXT },
    { "old", N_ ("Before"), QD_COLUMN_TEXT },    { "new", N_ ("After"), QD_COLUMN_TEXT },
  };
  QdTable *shown = qd_table_new ("changes", NULL, columns, G_N_ELEMENTS (columns));

  for (guint r = 0; r < qd_table_get_n_rows (changes); r++)
    {
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          const char *text = qd_table_is_missing (changes, r, c) ? NULL : qd_table_get_text (changes, r, c);

          if (c == 3)
            text = g_strcmp0 (text, "added") == 0     ? C_ ("a record was", "added")
                   : g_strcmp0 (text, "removed") == 0 ? C_ ("a record was", "removed")
                                                      : C_ ("a record was", "changed");
          qd_table_add_text (shown, text);
        }
      qd_table_end_row (shown);
    }
  return shown;
}
