/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

#define MAX_REJECTS_SHOWN 20
#define TEXT_WIDTH 100
#define LABEL_WIDTH 15

static const QdOption options[] = {
  { "map", QD_OPTION_LIST, "FIELD=HEADER", N_ ("Take a field from the column with this header") },
  { "set", QD_OPTION_LIST, "FIELD=VALUE", N_ ("Give a field the same value in every row") },
  { "date-order", QD_OPTION_VALUE, "ORDER", N_ ("ymd, dmy or mdy: how dates are written") },
  { "decimal", QD_OPTION_VALUE, "SIGN", N_ ("Decimal sign of numbers: . or ,") },
  { "amounts", QD_OPTION_VALUE, "UNIT", N_ ("major or minor: whether amounts are dollars or cents") },
  { "amounts-are", QD_OPTION_VALUE, "WHAT", N_ ("level or change: what the amount of a movement says") },
  { "encoding", QD_OPTION_VALUE, "NAME", N_ ("Encoding of the file, such as windows-1252") },
  { "source", QD_OPTION_VALUE, "NAME", N_ ("System that the ids belong to") },
  { "sheet", QD_OPTION_VALUE, "NAME", N_ ("Sheet of a workbook that has several") },
  { "dry-run", QD_OPTION_FLAG, NULL, N_ ("Say what would happen and change nothing") },
  { "skip-rejected", QD_OPTION_FLAG, NULL, N_ ("Import the good rows even when some are rejected") },
  { "rejects", QD_OPTION_VALUE, "OUT.csv", N_ ("Write the rejected rows here, to be fixed and imported again") },
  { "replace", QD_OPTION_FLAG, NULL, N_ ("Replace revenue that is there in another form (lines, months, movements)") },
  { "on-conflict", QD_OPTION_LIST, "FIELD=RULE",
    N_ ("Of accounts that are there, where a cell differs: file, fill (only blanks) or keep; FIELD * is all others") },
  { "mapping", QD_OPTION_VALUE, "NAME", N_ ("Use a mapping that was saved before") },
  { "save-mapping", QD_OPTION_VALUE, "NAME", N_ ("Keep this mapping for files with the same headers") },
  { NULL },
};

static char *
describe (void)
{
  GString *out = g_string_new (NULL);
  guint n;
  const QdKind *const *kinds = qd_kind_list (&n);

  g_string_append_printf (out, "%s\n", _("Kinds, with their fields (required ones in capitals):"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) fields = g_string_new (NULL);

      for (guint j = 0; j < kinds[i]->n_fields; j++)
        {
          const QdField *field = &kinds[i]->fields[j];
          g_autofree char *name = field->required ? g_ascii_strup (field->name, -1) : g_strdup (field->name);

          g_string_append_printf (fields, "%s%s", j > 0 ? ", " : "", name);
          if (field->type == QD_FIELD_CHOICE && field->choices != NULL && g_strv_length ((char **) field->choices) <= 3)
            {
              g_autofree char *choices = g_strjoinv ("|", (char **) field->choices);

              g_string_append_printf (fields, "=%s", choices);
            }
        }
      g_string_append (out, "  ");
      qd_terminal_append_cell (out, kinds[i]->name, 15, FALSE);
      qd_terminal_append_wrapped (out, fields->str, 17, TEXT_WIDTH);
    }
  g_string_append_c (out, '\n');
  qd_terminal_append_wrapped (out,
                          _("Columns are found by their headers; --map settles what is not found. Other columns become "
                            "custom fields of accounts, else they are left out and listed. A source is a CSV file or an Excel workbook "
                            "(.xlsx), of which one sheet is read. Encoding, delimiter, "
                            "decimal sign and date order are detected; where the file cannot say, nothing is imported and the "
                            "message names the option that settles it."),
                          0, TEXT_WIDTH);
  return g_string_free (out, FALSE);
}

static void
print_labelled (GString    *out,
                const char *label,
                const char *text)
{
  g_autofree char *safe = qd_terminal_dup_safe (text);

  qd_terminal_append_cell (out, label, LABEL_WIDTH, FALSE);
  g_string_append_c (out, ' ');
  qd_terminal_append_wrapped (out, safe, LABEL_WIDTH + 1, TEXT_WIDTH);
}

static void
print_list (GString    *out,
            const char *label,
            GPtrArray  *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (words == NULL || words->len == 0)
    return;
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) words->pdata[i]);
  print_labelled (out, label, text->str);
}

static void
print_counts (GString              *out,
              const QdImportResult *result,
              gboolean              committed)
{
  const struct
  {
    const char *label;
    guint64 value;
  } counts[] = {
    { _("rows read"), result->read },       { committed ? _("imported") : _("new"), result->imported },
    { committed ? _("merged") : _("to merge"), result->merged },
    { _("unchanged"), result->unchanged }, { _("rejected"), result->rejected },
  };
  guint width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *number = qd_terminal_format_count ((gint64) counts[i].value);

      width = MAX (width, qd_terminal_get_width (number));
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *number = qd_terminal_format_count ((gint64) counts[i].value);

      qd_terminal_append_cell (out, counts[i].label, LABEL_WIDTH, FALSE);
      g_string_append_c (out, ' ');
      qd_terminal_append_cell (out, number, width, TRUE);
      g_string_append_c (out, '\n');
    }
}

static char *
dup_rate (QdRate rate)
{
  return rate.defined ? qd_terminal_format_rate (rate.value) : g_strdup ("–");
}

static void
print_effect (GString              *out,
              const QdImportEffect *effect,
              const char           *currency)
{
  g_autoptr (QdListing) listing = qd_listing_new (_("effect"), _(">before"), _(">after"), NULL);
  g_autofree char *arr = g_strdup_printf (_("ARR in %s"), currency);
  int exponent = qd_currency_get_exponent (currency);
  gboolean before = effect->as_of_before != QD_MONTH_NONE;
  gboolean after = effect->as_of_after != QD_MONTH_NONE;

  if (!before && !after)
    return;
  qd_listing_add (listing, _("as of"));
  qd_listing_take (listing, qd_terminal_format_month (effect->as_of_before));
  qd_listing_take (listing, qd_terminal_format_month (effect->as_of_after));
  qd_listing_add (listing, arr);
  qd_listing_take (listing, before ? qd_terminal_format_money (effect->arr_before, exponent) : g_strdup ("–"));
  qd_listing_take (listing, after ? qd_terminal_format_money (effect->arr_after, exponent) : g_strdup ("–"));
  qd_listing_add (listing, _("NRR, 12 months"));
  qd_listing_take (listing, dup_rate (effect->nrr_before));
  qd_listing_take (listing, dup_rate (effect->nrr_after));
  qd_listing_add (listing, _("GRR, 12 months"));
  qd_listing_take (listing, dup_rate (effect->grr_before));
  qd_listing_take (listing, dup_rate (effect->grr_after));
  g_string_append_c (out, '\n');
  qd_listing_print (listing, out);
}

static void
print_result (QdInvocation         *invocation,
              const QdImportResult *result,
              gboolean              committed,
              gboolean              dry_run)
{
  GString *out = qd_invocation_get_output (invocation);
  g_autofree char *file = qd_invocation_dup_display (invocation, 2);
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *batch = g_strdup_printf ("%" G_GINT64_FORMAT, result->batch);
  const char *kind = qd_invocation_get_argument (invocation, 1);

  if (committed && result->batch != 0)
    g_string_append_printf (out, _("Imported %s from %s as import %s.\n"), kind, base, batch);
  else if (committed)
    g_string_append_printf (out, result->read == 0 ? _("%s from %s: the file has a header and no rows; nothing was changed.\n")
                            : result->unchanged == 0
                                ? _("%s from %s: no row could be imported; nothing was changed.\n")
                                : _("%s from %s: the workspace holds all of this already; nothing was changed.\n"), kind,
                            base);
  else if (dry_run)
    g_string_append_printf (out, _("Dry run of %s from %s: nothing was changed.\n"), kind, base);
  else
    g_string_append_printf (out, _("%s from %s: nothing was imported.\n"), kind, base);
  g_string_append_c (out, '\n');
  print_counts (out, result, committed);
  if (result->implied_accounts > 0)
    {
      g_autofree char *count = qd_terminal_format_count ((gint64) result->implied_accounts);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s account that only these rows mention; an import of accounts fills it in",
                                     "%s accounts that only these rows mention; an import of accounts fills them in",
                                     (gulong) result->implied_accounts),
                           count);

      print_labelled (out, _("implied"), text);
    }
  if (result->implied_products > 0)
    {
      g_autofree char *count = qd_terminal_format_count ((gint64) result->implied_products);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s product that only these rows mention",
                                     "%s products that only these rows mention", (gulong) result->implied_products),
                           count);

      print_labelled (out, _("implied"), text);
    }
  if (result->conflicts > 0)
    {
      g_autofree char *count = qd_terminal_format_count ((gint64) result->conflicts);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s row differs from what is there and stays, as --on-conflict or the mapping says",
                                     "%s rows differ from what is there and stays, as --on-conflict or the mapping says",
                                     (gulong) result->conflicts),
                           count);

      print_labelled (out, _("conflicts"), text);
    }
  g_string_append_c (out, '\n');
  if (result->mapping_name != NULL)
    print_labelled (out, _("saved mapping"), result->mapping_name);
  print_list (out, _("columns"), result->mapped);
  print_list (out, _("custom fields"), result->custom);
  print_list (out, _("ignored"), result->ignored);
  for (guint i = 0; result->notes != NULL && i < result->notes->len; i++)
    print_labelled (out, i == 0 ? _("notes") : "", result->notes->pdata[i]);
}

/* A code's sentence is the catalogue's business; here only the place, what was expected and what stood there. */
static void
report_rejects (QdInvocation         *invocation,
                const QdImportResult *result)
{
  guint shown = MIN (result->rejects->len, MAX_REJECTS_SHOWN);

  for (guint i = 0; i < shown; i++)
    {
      const QdReject *reject = result->rejects->pdata[i];
      const char *header = reject->header != NULL && *reject->header != '\0' ? reject->header : NULL;
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, reject->line);
      g_autoptr (GString) text = g_string_new (NULL);

      g_string_append_printf (text, _("line %s"), line);
      if (reject->field != NULL && *reject->field != '\0')
        g_string_append_printf (text, ", %s", reject->field);
      if (header != NULL && g_strcmp0 (header, reject->field) != 0)
        g_string_append_printf (text, _(" (column “%s”)"), header);
      g_string_append (text, ": ");
      if (reject->expected != NULL && *reject->expected != '\0')
        g_string_append_printf (text, _("expected %s"), reject->expected);
      else
        g_string_append (text, reject->code);
      if (reject->found != NULL && *reject->found != '\0')
        g_string_append_printf (text, _(", found “%s”"), reject->found);
      else if (reject->found != NULL)
        g_string_append (text, _(", found nothing"));
      qd_invocation_message (invocation, "%s", text->str);
    }
  if (result->rejected > shown)
    {
      guint64 more = result->rejected - shown;
      g_autofree char *count = qd_terminal_format_count ((gint64) more);

      qd_invocation_message (invocation, ngettext ("… and %s more rejected row", "… and %s more rejected rows", more),
                             count);
    }
}

/* After rows were skipped: where they are. */
static void
report_skipped (QdInvocation *invocation)
{
  const char *rejects = qd_invocation_get_file (invocation, "rejects");

  if (rejects != NULL)
    {
      g_autofree char *shown = qd_terminal_dup_file_name (rejects);

      qd_invocation_message (invocation, _("The rejected rows stand in %s: fix them there and import that file."),
                             shown);
    }
  else
    qd_invocation_message (invocation, _("--rejects OUT.csv writes the rejected rows to a file that can be fixed and "
                                         "imported."));
}

/* Nothing was imported: how many rows are why, and what to do. */
static void
refuse_rejected (QdInvocation         *invocation,
                 const QdImportResult *result,
                 GError              **error)
{
  const char *rejects = qd_invocation_get_file (invocation, "rejects");
  g_autofree char *rejected = qd_terminal_format_count ((gint64) result->rejected);
  g_autofree char *read = qd_terminal_format_count ((gint64) result->read);

  if (rejects != NULL)
    {
      g_autofree char *shown = qd_terminal_dup_file_name (rejects);

      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_INPUT,
                   _("%s of %s rows were rejected, so nothing was imported; %s holds them. Fix the file, or give "
                     "--skip-rejected to import the other rows."),
                   rejected, read, shown);
    }
  else
    g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_INPUT,
                 _("%s of %s rows were rejected, so nothing was imported. Fix the file, or give --skip-rejected to "
                   "import the other rows, and --rejects OUT.csv to get the rejected ones in a file of their own."),
                 rejected, read);
}

static gboolean
get_options (const QdInvocation *invocation,
             QdImportOptions    *import,
             GError            **error)
{
  static const char *const orders[] = { "ymd", "dmy", "mdy", NULL };
  static const char *const signs[] = { ".", ",", NULL };
  static const char *const units[] = { "major", "minor", NULL };
  static const char *const meanings[] = { "level", "change", NULL };
  const char *sign;

  if (!qd_invocation_get_choice (invocation, "date-order", orders, &import->date_order, error) ||
      !qd_invocation_get_choice (invocation, "decimal", signs, &sign, error) ||
      !qd_invocation_get_choice (invocation, "amounts", units, &import->amounts, error) ||
      !qd_invocation_get_choice (invocation, "amounts-are", meanings, &import->amounts_are, error) ||
      !qd_invocation_get_text (invocation, "encoding", &import->encoding, error) ||
      !qd_invocation_get_text (invocation, "sheet", &import->sheet, error) ||
      !qd_invocation_get_text (invocation, "source", &import->source, error) ||
      !qd_invocation_get_text (invocation, "mapping", &import->mapping, error) ||
      !qd_invocation_get_text (invocation, "save-mapping", &import->save_mapping, error) ||
      !qd_invocation_get_pairs (invocation, "map", &import->map, error) ||
      !qd_invocation_get_pairs (invocation, "set", &import->set, error) ||
      !qd_invocation_get_pairs (invocation, "on-conflict", &import->collisions, error))
    return FALSE;
  import->decimal = sign != NULL ? *sign : 0;
  import->dry_run = qd_invocation_has (invocation, "dry-run");
  import->skip_rejected = qd_invocation_has (invocation, "skip-rejected");
  import->replace = qd_invocation_has (invocation, "replace");
  return TRUE;
}

static void
clear_options (QdImportOptions *import)
{
  g_clear_pointer (&import->map, g_hash_table_unref);
  g_clear_pointer (&import->set, g_hash_table_unref);
  g_clear_pointer (&import->collisions, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdImportOptions, clear_options)

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  QdJob *job = qd_invocation_get_job (invocation);
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (QdBook) book = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (QdImportOptions) import = { 0 };
  QdImportEffect effect = { QD_MONTH_NONE, QD_MONTH_NONE };
  const char *rejects = qd_invocation_get_file (invocation, "rejects");
  const QdKind *kind;
  const char *name;
  gboolean done;

  if (!qd_invocation_get_argument_text (invocation, 1, &name, error) || !get_options (invocation, &import, error))
    return FALSE;
  kind = qd_kind_find (name, error);
  if (kind == NULL)
    return FALSE;
  if (rejects != NULL
      && !qd_file_check_output (rejects,
                                (const char *[]){ qd_invocation_get_argument (invocation, 0),
                                                  qd_invocation_get_argument (invocation, 2), NULL },
                                error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_WRITE, error);
  if (workspace == NULL)
    return FALSE;

  done = qd_workspace_import (workspace, kind, qd_invocation_get_argument (invocation, 2), &import,
                              rejects, job, &result, &effect, &local_error);
  if (result != NULL)
    {
      print_result (invocation, result, done && !import.dry_run, import.dry_run);
      if (done)
        {
          book = qd_workspace_get_book (workspace, job, NULL);
          if (book != NULL)
            print_effect (qd_invocation_get_output (invocation), &effect, qd_book_get_currency (book));
        }
      if (result->rejected > 0)
        report_rejects (invocation, result);
    }
  if (!done)
    {
      if (g_error_matches (local_error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED) && result != NULL)
        refuse_rejected (invocation, result, error);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (result->rejected > 0)
    report_skipped (invocation);
  return TRUE;
}

const QdCommand qd_import_command = {
  .name = "import",
  .arguments = "WORKSPACE KIND SOURCE",
  .summary = N_ ("Bring an export file into the workspace; every row is accounted for"),
  .describe = describe,
  .least_arguments = 3,
  .most_arguments = 3,
  .options = options,
  .run = run,
};
