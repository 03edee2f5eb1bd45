/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "../../../data/base/qd-field-title.h"
#include "../../pages/imports/qd-import-words.h"

static const struct
{
  const char *name, *title, *description, *key;
} kinds[] = {
  { "accounts", N_ ("Accounts"), N_ ("Customers with their attributes: segment, region, owner"),
    N_ ("An account is known by its ID. With a column “valid from”, attributes are kept by date.") },
  { "products", N_ ("Products"), N_ ("Names of products or plans"), N_ ("A product is known by its ID.") },
  { "subscriptions", N_ ("Subscriptions"), N_ ("One row for each line of a contract, with start, end and amount"),
    N_ ("A subscription line is known by its ID.") },
  { "mrr", N_ ("Monthly Revenue"), N_ ("One row for each account and month, with the recurring revenue of that month"),
    N_ ("A row is known by account, month, product and currency.") },
  { "movements", N_ ("Movements"), N_ ("One row for each sign-up, upgrade, downgrade or cancellation"),
    N_ ("An event is known by its ID; without one by account, day, product, currency and its place among those.") },
  { "fx", N_ ("Exchange Rates"), N_ ("Rates of currencies, constant or by month"),
    N_ ("A rate is known by its set, currency and month.") },
};

static gsize
find_kind (const QdKind *kind)
{
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (kinds) && strcmp (kinds[i].name, kind->name) != 0)
    i++;
  return i;
}

/**
 * qd_import_kind_title:
 * @kind: a kind of data
 *
 * Returns: what it is called
 */
const char *
qd_import_kind_title (const QdKind *kind)
{
  return _(kinds[find_kind (kind)].title);
}

/**
 * qd_import_kind_description:
 * @kind: a kind of data
 *
 * Returns: what its rows are
 */
const char *
qd_import_kind_description (const QdKind *kind)
{
  return _(kinds[find_kind (kind)].description);
}

/**
 * qd_import_kind_key:
 * @kind: a kind of data
 *
 * Returns: how its rows are told apart
 */
const char *
qd_import_kind_key (const QdKind *kind)
{
  return _(kinds[find_kind (kind)].key);
}

/**
 * qd_import_field_title:
 * @field: a field
 *
 * Returns: what it is called
 */
const char *
qd_import_field_title (const QdField *field)
{
  return qd_field_title (field->name);
}

/**
 * qd_import_field_name_title:
 * @kind: a kind of data
 * @name: the name of a field
 *
 * Returns: what it is called
 */
const char *
qd_import_field_name_title (const QdKind *kind,
                            const char   *name)
{
  int field = qd_kind_find_field (kind, name);

  return field >= 0 ? qd_import_field_title (&kind->fields[field]) : name;
}

/**
 * qd_import_match_title:
 * @match: why a column feeds a field
 *
 * Returns: (transfer full): that in words
 */
char *
qd_import_match_title (QdMatch match)
{
  switch (match)
    {
    case QD_MATCH_SAID:
      return g_strdup (_("Chosen by you"));
    case QD_MATCH_SAVED:
      return g_strdup (_("As saved"));
    case QD_MATCH_NAME:
      return g_strdup (_("Certain: the field’s own name"));
    case QD_MATCH_STRONG:
      return g_strdup (_("Likely: a usual name for it"));
    case QD_MATCH_WEAK:
      return g_strdup (_("Possible: check the values"));
    case QD_MATCH_NONE:
    default:
      return g_strdup ("");
    }
}

/**
 * qd_import_delimiter_title:
 * @delimiter: what stands between cells
 *
 * Returns: what it is called
 */
const char *
qd_import_delimiter_title (char delimiter)
{
  return qd_import_describe_value ("delimiter",
                                   delimiter == ';' ? ";" : delimiter == '\t' ? "\t" : delimiter == '|' ? "|" : ",");
}

/**
 * qd_import_order_title:
 * @order: a `QdDateOrder`
 *
 * Returns: what it is called
 */
const char *
qd_import_order_title (guint order)
{
  return qd_import_describe_value ("date-order", order == QD_ORDER_DMY ? "dmy" : order == QD_ORDER_MDY ? "mdy" : "ymd");
}

/**
 * qd_import_question_title:
 * @question: a question
 * @kind: the kind of data
 *
 * Returns: (transfer full): the question in words
 */
char *
qd_import_question_title (const QdQuestion *question,
                          const QdKind     *kind)
{
  switch (question->type)
    {
    case QD_QUESTION_DATE_ORDER:
      return g_strdup (question->mixed ? _("Which of these dates are right?") : _("Which comes first in dates: day or month?"));
    case QD_QUESTION_DECIMAL:
      return g_strdup (question->mixed ? _("Which of these numbers are right?")
                                       : _("Is this a decimal sign, or does it part thousands?"));
    case QD_QUESTION_AMOUNTS:
      return g_strdup_printf (_("Does “%s” hold cents?"), question->header);
    case QD_QUESTION_AMOUNTS_ARE:
      return g_strdup_printf (_("What does “%s” say?"), question->header);
    case QD_QUESTION_LEVEL_OF:
      return g_strdup_printf (_("Whose amount is “%s”?"), question->header);
    case QD_QUESTION_DISCOUNT:
      return g_strdup_printf (_("Does “%s” hold percent?"), question->header);
    case QD_QUESTION_CURRENCY:
    default:
      return g_strdup_printf (_("Which currency is “%s” in?"), question->header);
    }
}

/**
 * qd_import_question_description:
 * @question: a question
 *
 * Returns: (transfer full): what in the file gives rise to it
 */
char *
qd_import_question_description (const QdQuestion *question)
{
  GString *out = g_string_new (NULL);

  if (question->mixed)
    g_string_append (out, _("Rows contradict one another: those that do not fit the answer are shown for correction. "));
  else if (question->type == QD_QUESTION_AMOUNTS && *question->other != 0)
    g_string_append_printf (out, _("It is a hundred times, or a hundredth of, “%s” in every row. "), question->other);
  else if (question->type == QD_QUESTION_DISCOUNT)
    g_string_append (out, _("No discount in the file is above 1. "));
  else if (question->type == QD_QUESTION_CURRENCY)
    g_string_append (out, _("Its name says one currency, the workspace reports in another. "));
  else
    g_string_append (out, _("No row of the file decides it. "));
  for (guint i = 0; i < question->examples->len; i++)
    {
      const QdExample *example = &g_array_index (question->examples, QdExample, i);

      /* Translators: number of a line of the file, what stands there */
      g_string_append_printf (out, _("\nLine %" PRIu64 ": %s"), example->line, example->text);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

static char *
show_day (const QdAnswer *answer,
          const QdFormat *format)
{
  QdDay day = qd_day_parse_iso (answer->reading, -1);

  return day != QD_DAY_NONE ? qd_format_day (format, day) : g_strdup ("");
}

/* A plain number as the person's language has it. */
static char *
show_number (const char     *text,
             const QdFormat *format)
{
  const char *point = strchr (text, '.');

  return *text == 0 ? g_strdup ("")
                    : qd_format_number (format, g_ascii_strtod (text, NULL), point != NULL ? (int) strlen (point + 1) : 0);
}

/**
 * qd_import_answer_title:
 * @question: a question
 * @answer: one of its answers
 * @format: how numbers and dates are written
 *
 * Returns: (transfer full): the answer in words
 */
char *
qd_import_answer_title (const QdQuestion *question,
                        const QdAnswer   *answer,
                        const QdFormat   *format)
{
  switch (question->type)
    {
    case QD_QUESTION_DATE_ORDER:
      return g_strdup (strcmp (answer->value, "dmy") == 0   ? _("Day, then month")
                       : strcmp (answer->value, "mdy") == 0 ? _("Month, then day")
                                                            : _("Year, then month"));
    case QD_QUESTION_DECIMAL:
      return g_strdup (*answer->value == ',' ? _("The comma is the decimal sign") : _("The point is the decimal sign"));
    case QD_QUESTION_AMOUNTS:
      return g_strdup (strcmp (answer->value, "minor") == 0 ? _("Yes, cents or other minor units") : _("No, whole units"));
    case QD_QUESTION_AMOUNTS_ARE:
      return g_strdup (strcmp (answer->value, "level") == 0 ? _("What the account pays after the event")
                                                            : _("By how much the event changes it"));
    case QD_QUESTION_LEVEL_OF:
      return g_strdup (strcmp (answer->value, "account") == 0 ? _("The account’s: a new product takes the old one’s place")
                                                              : _("The product’s: amounts of an account’s products add up"));
    case QD_QUESTION_DISCOUNT:
      return g_strdup (strcmp (answer->value, "percent") == 0 ? _("Yes, percent") : _("No, fractions"));
    case QD_QUESTION_CURRENCY:
    default:
      return g_strdup (answer->value);
    }
}

/**
 * qd_import_answer_subtitle:
 * @question: a question
 * @answer: one of its answers
 * @format: how numbers and dates are written
 *
 * Returns: (transfer full): what the example is then, or ""
 */
char *
qd_import_answer_subtitle (const QdQuestion *question,
                           const QdAnswer   *answer,
                           const QdFormat   *format)
{
  const char *example = question->examples->len > 0 ? g_array_index (question->examples, QdExample, 0).text : "";
  g_autofree char *shown = question->type == QD_QUESTION_DATE_ORDER ? show_day (answer, format)
                                                                    : show_number (answer->reading, format);

  switch (question->type)
    {
    case QD_QUESTION_DATE_ORDER:
    case QD_QUESTION_DECIMAL:
    case QD_QUESTION_AMOUNTS:
      /* Translators: what stands in the file, what it means */
      return *shown != 0 ? g_strdup_printf (_("“%s” is %s"), example, shown) : g_strdup ("");
    case QD_QUESTION_AMOUNTS_ARE:
    case QD_QUESTION_LEVEL_OF:
      return *shown != 0 ? g_strdup_printf (_("The account above then pays %s a month"), shown) : g_strdup ("");
    case QD_QUESTION_DISCOUNT:
      return g_strdup_printf (strcmp (answer->value, "percent") == 0 ? _("“%s” takes off that many hundredths")
                                                                     : _("“%s” is that part of the price"),
                              example);
    case QD_QUESTION_CURRENCY:
    default:
      return g_strdup ("");
    }
}

static const struct
{
  const char *code, *title, *repair;
} problems[] = {
  { "missing", N_ ("Missing"), N_ ("Type what belongs there, fill all blank cells, or leave the rows out.") },
  { "bad-date", N_ ("Not a date"), N_ ("Correct the cells, or treat what stands there as missing.") },
  { "bad-month", N_ ("Not a month"), N_ ("Correct the cells, or leave the rows out.") },
  { "bad-number", N_ ("Not a number"), N_ ("Correct the cells, or treat what stands there as missing.") },
  { "bad-boolean", N_ ("Neither yes nor no"), N_ ("Replace the word by yes or no, or treat it as missing.") },
  { "bad-interval", N_ ("Not an interval"), N_ ("Replace it by month, quarter or year.") },
  { "bad-currency", N_ ("Currencies disagree"), N_ ("Correct the currency, or the sign in the amount.") },
  { "unknown-currency", N_ ("Not a currency"), N_ ("Replace it by an ISO 4217 code such as USD.") },
  { "no-rate", N_ ("No exchange rate"), N_ ("Import exchange rates first, or leave the rows out.") },
  { "repeated", N_ ("Repeated"), N_ ("An earlier row has the same key. Give the row another one, or leave it out.") },
  { "end-before-start", N_ ("Ends before it starts"), N_ ("Correct one of the dates, or leave the rows out.") },
  { "bad-choice", N_ ("Not one of the choices"), N_ ("Replace the word by one that is expected.") },
  { "bad-rate", N_ ("Not a rate"), N_ ("Correct the cells, or leave the rows out.") },
  { "not-positive", N_ ("Not above zero"), N_ ("Correct the cells, or leave the rows out.") },
  { "negative", N_ ("Below zero"), N_ ("Correct the cells, or leave the rows out.") },
  { "too-large", N_ ("Too large"), N_ ("Correct the cells, or leave the rows out.") },
  { "circle", N_ ("Parents in a circle"), N_ ("Correct the parent, or treat it as missing.") },
  { "own-parent", N_ ("Its own parent"), N_ ("Correct the parent, or treat it as missing.") },
  { "too-few-cells", N_ ("Too few cells"), N_ ("A row is cut off: correct the file, or leave the rows out.") },
  { "too-many-cells", N_ ("Too many cells"),
    N_ ("A cell with the delimiter in it is not quoted: correct the file, or leave the rows out.") },
};

/**
 * qd_import_problem_title:
 * @group: rows that are wrong in the same way
 * @kind: the kind of data
 *
 * Returns: (transfer full): what is wrong, and where
 */
char *
qd_import_problem_title (const QdRejectGroup *group,
                         const QdKind        *kind)
{
  const char *title = group->code;

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (strcmp (problems[i].code, group->code) == 0)
      title = _(problems[i].title);
  if (*group->field == 0)
    return g_strdup (title);
  /* Translators: what is wrong, the field where it is */
  return g_strdup_printf (_("%s: %s"), title, qd_import_field_name_title (kind, group->field));
}

/**
 * qd_import_problem_repair:
 * @code: what is wrong, as of a `QdReject`
 *
 * Returns: what to do about it
 */
const char *
qd_import_problem_repair (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (strcmp (problems[i].code, code) == 0)
      return _(problems[i].repair);
  return _("Correct the cells, or leave the rows out.");
}

/**
 * qd_import_rows:
 * @rows: how many
 * @format: how numbers are written
 *
 * Returns: (transfer full): their number with the word
 */
char *
qd_import_rows (guint64         rows,
                const QdFormat *format)
{
  g_autofree char *count = qd_format_count (format, (gint64) rows);

  return g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) rows), count);
}
