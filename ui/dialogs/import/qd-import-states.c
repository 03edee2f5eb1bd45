/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-states.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static const char *const step_titles[] = {
  N_ ("File"), N_ ("Kind of Data"), N_ ("Columns"), N_ ("Merge"), N_ ("Check"), N_ ("Effect"), N_ ("Result"),
};

/**
 * qd_import_step_title:
 * @step: a step
 *
 * Returns: what it is called
 */
const char *
qd_import_step_title (QdImportStepId step)
{
  return _(step_titles[step]);
}

/**
 * qd_import_next_clear:
 * @self: what a step allows
 *
 * Frees its texts.
 */
void
qd_import_next_clear (QdImportNext *self)
{
  g_clear_pointer (&self->next_label, g_free);
  g_clear_pointer (&self->hint, g_free);
}

/* Getting a file */

static char *
name_orders (guint    orders,
             gboolean has_dates)
{
  if (!has_dates)
    return g_strdup (_("no dates"));
  if (orders == QD_ORDER_ANY)
    return g_strdup (_("as written"));
  if ((orders & (orders - 1)) == 0)
    return g_strdup (qd_import_order_title (orders));
  return g_strdup (_("from all rows"));
}

static char *
name_decimals (guint    decimals,
               gboolean has_numbers)
{
  if (!has_numbers)
    return g_strdup (_("no numbers"));
  if (decimals == QD_DECIMAL_POINT)
    return g_strdup (_("Point"));
  if (decimals == QD_DECIMAL_COMMA)
    return g_strdup (_("Comma"));
  return g_strdup (decimals == 0 ? _("rows disagree") : _("from all rows"));
}

/* Two digits of what is only guessed from the first rows. */
static guint64
round_guess (guint64 rows)
{
  guint64 unit = 1;

  while (rows / unit >= 100)
    unit *= 10;
  return (rows + unit / 2) / unit * unit;
}

static void
describe_file (QdImportGetState   *self,
               const QdInspection *inspection,
               const QdFormat     *format)
{
  g_autofree char *size = g_format_size (inspection->bytes);
  g_autofree char *rows = qd_import_rows (inspection->n_rows_exact ? inspection->n_rows : round_guess (inspection->n_rows), format);
  g_autofree char *columns = qd_format_count (format, inspection->n_columns);

  /* Translators: size of the file, number of rows with the word, number of columns */
  self->file = g_strdup_printf (ngettext ("%s, %s, %s column", "%s, %s, %s columns", inspection->n_columns), size,
                                inspection->n_rows_exact ? rows : _("many rows"), columns);
  if (!inspection->n_rows_exact)
    {
      g_free (self->file);
      /* Translators: size of the file, number of rows with the word, number of columns */
      self->file = g_strdup_printf (ngettext ("%s, about %s, %s column", "%s, about %s, %s columns", inspection->n_columns),
                                    size, rows, columns);
    }
  self->delimiter = g_strdup (qd_import_delimiter_title (inspection->delimiter));
  self->encoding = inspection->encoding_guessed ? g_strdup_printf (_("%s, guessed"), inspection->encoding)
                                                : g_strdup (inspection->encoding);
  self->header = inspection->header_line == 0 ? g_strdup (_("None"))
                                              : g_strdup_printf (_("Line %" PRIu64), inspection->header_line);
  self->order = name_orders (inspection->orders, inspection->has_dates);
  self->decimal = name_decimals (inspection->decimals, inspection->has_numbers);
}

/**
 * qd_import_get_state_from_values:
 * @plan: (nullable): what is decided; `NULL`: no file yet
 * @inspection: (nullable): what was found
 * @error: (nullable): why nothing was found
 * @busy: whether it is being looked at
 * @format: how numbers are written
 *
 * Returns: (transfer full): what the first step shows
 */
QdImportGetState *
qd_import_get_state_from_values (const QdImportPlan *plan,
                                 const QdInspection *inspection,
                                 const GError       *error,
                                 gboolean            busy,
                                 const QdFormat     *format)
{
  QdImportGetState *self = g_new0 (QdImportGetState, 1);

  self->next.next_label = g_strdup (_("_Next"));
  self->view = plan == NULL         ? QD_IMPORT_GET_DROP
               : error != NULL      ? QD_IMPORT_GET_FAILED
               : inspection == NULL ? QD_IMPORT_GET_BUSY
                                    : QD_IMPORT_GET_PREVIEW;
  if (inspection != NULL && error == NULL)
    describe_file (self, inspection, format);
  else
    {
      self->file = g_strdup ("");
      self->delimiter = g_strdup ("");
      self->encoding = g_strdup ("");
      self->header = g_strdup ("");
      self->order = g_strdup ("");
      self->decimal = g_strdup ("");
    }
  self->offers_no_header = plan != NULL && !plan->no_header && error != NULL &&
                           g_error_matches (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_HEADER);
  self->is_workbook = plan != NULL && plan->sheets != NULL;
  self->has_sheets = self->is_workbook && plan->sheets[1] != NULL;
  self->asks_decimal = !self->is_workbook || inspection == NULL || inspection->decimals != QD_DECIMAL_POINT;
  self->next.can_next = self->view == QD_IMPORT_GET_PREVIEW && !busy && inspection->rows->len > 0;
  if (self->view == QD_IMPORT_GET_PREVIEW && inspection->rows->len == 0)
    self->next.hint = g_strdup (_("The file has names of columns and no rows."));
  return self;
}

/**
 * qd_import_get_state_free:
 * @self: (nullable): a state
 *
 * Frees it.
 */
void
qd_import_get_state_free (QdImportGetState *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->delimiter);
  g_free (self->encoding);
  g_free (self->header);
  g_free (self->decimal);
  g_free (self->order);
  qd_import_next_clear (&self->next);
  g_free (self);
}

/* Mapping */

/* Of subscriptions and movements one of several fields must be there. */
static gboolean
is_met (const QdImportPlan *plan,
        guint               field)
{
  static const char *const line_amounts[] = { "mrr", "arr", "unit_price", NULL };
  static const char *const event_amounts[] = { "mrr_after", "change", "amount", NULL };
  const QdField *descriptor = &plan->kind->fields[field];
  const char *const *group = strcmp (plan->kind->name, "subscriptions") == 0 ? line_amounts
                             : strcmp (plan->kind->name, "movements") == 0   ? event_amounts
                                                                             : NULL;

  if (descriptor->required)
    return qd_import_plan_find_column (plan, (int) field) >= 0;
  if (group == NULL || strcmp (descriptor->name, group[0]) != 0)
    return TRUE;
  for (; *group != NULL; group++)
    if (qd_import_plan_find_column (plan, qd_kind_find_field (plan->kind, *group)) >= 0)
      return TRUE;
  return FALSE;
}

static const QdConflict *
find_conflict (const GPtrArray *conflicts,
               guint            field)
{
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    if (((QdConflict *) conflicts->pdata[i])->field == (int) field)
      return conflicts->pdata[i];
  return NULL;
}

/* One more of a list: ", “plan”". */
static void
append_name (GString    *list,
             const char *name)
{
  if (list->len > 0)
    g_string_append (list, ", ");
  /* Translators: the name of a column in quotation marks */
  g_string_append_printf (list, _("“%s”"), name);
}

static char *
describe_open (const QdImportPlan *plan,
               guint               field,
               const QdConflict   *conflict)
{
  const char *title = qd_import_field_title (&plan->kind->fields[field]);
  g_autoptr (GString) columns = g_string_new (NULL);

  if (conflict == NULL && !plan->kind->fields[field].required)
    return g_strdup (strcmp (plan->kind->name, "subscriptions") == 0
                         ? _("Choose the column for MRR, ARR or Unit Price.")
                         : _("Choose the column for MRR After the Event, Change of MRR or Amount."));
  if (conflict == NULL)
    return g_strdup_printf (_("Choose the column for %s."), title);
  for (guint i = 0; i < conflict->columns->len && i < 4; i++)
    append_name (columns, g_array_index (plan->columns, QdPlanColumn, g_array_index (conflict->columns, guint, i)).header);
  /* Translators: a field, columns that could be it */
  return g_strdup_printf (_("Choose the column for %s: %s could each be it."), title, columns->str);
}

/**
 * qd_import_map_state_from_values:
 * @plan: what is decided: kind and columns
 * @conflicts: (nullable) (element-type QdConflict): columns of which several could be one field
 *
 * Returns: (transfer full): what the mapping lacks and comes to
 */
QdImportMapState *
qd_import_map_state_from_values (const QdImportPlan *plan,
                                 const GPtrArray    *conflicts)
{
  QdImportMapState *self = g_new0 (QdImportMapState, 1);
  g_autofree char *custom = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *fed = NULL;

  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->next.next_label = g_strdup (_("_Next"));
  for (guint c = 0; c < plan->columns->len; c++)
    {
      const QdPlanColumn *column = &g_array_index (plan->columns, QdPlanColumn, c);

      if (column->field >= 0)
        self->n_fields++;
      else if (column->custom != NULL)
        self->n_custom++;
      else
        self->n_left_out++;
    }
  for (guint f = 0; f < plan->kind->n_fields; f++)
    if (!is_met (plan, f))
      g_ptr_array_add (self->problems, describe_open (plan, f, find_conflict (conflicts, f)));
  self->next.can_next = self->problems->len == 0;
  if (!self->next.can_next)
    self->next.hint = g_strdup (self->problems->pdata[0]);

  custom = self->n_custom > 0 ? g_strdup_printf (ngettext (", %u becomes a custom field", ", %u become custom fields",
                                                           self->n_custom),
                                                 self->n_custom)
                              : g_strdup ("");
  left_out = self->n_left_out > 0 ? g_strdup_printf (ngettext (", %u is left out", ", %u are left out", self->n_left_out),
                                                     self->n_left_out)
                                  : g_strdup ("");
  /* Translators: how many of all columns feed a field, how many columns, then ", 3 become custom fields", ", 2 are left out" */
  fed = g_strdup_printf (ngettext ("%u of %u column feeds a field%s%s", "%u of %u columns feed a field%s%s",
                                   plan->columns->len),
                         self->n_fields, plan->columns->len, custom, left_out);
  /* Translators: the kind of data, how many of the columns are used: "Subscriptions: 5 of 6 columns feed a field" */
  self->summary = g_strdup_printf (_("%s: %s"), qd_import_kind_title (plan->kind), fed);
  return self;
}

/**
 * qd_import_map_state_free:
 * @self: (nullable): a state
 *
 * Frees it.
 */
void
qd_import_map_state_free (QdImportMapState *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->problems);
  g_free (self->summary);
  qd_import_next_clear (&self->next);
  g_free (self);
}

/**
 * qd_import_ask_state_from_values:
 * @plan: what is decided
 * @clashing: accounts that have revenue in another form
 * @busy: whether the file is being looked at
 *
 * Returns: whether every question has its answer
 */
QdImportNext
qd_import_ask_state_from_values (const QdImportPlan *plan,
                                 guint64             clashing,
                                 gboolean            busy)
{
  QdImportNext next = { FALSE, g_strdup (_("_Next")), NULL };
  guint open = 0;

  for (guint i = 0; i < plan->answers->len; i++)
    open += ((QdPlanAnswer *) plan->answers->pdata[i])->value == NULL;
  if (clashing > 0 && (plan->clash == QD_PLAN_CLASH_OPEN ||
                       (plan->clash == QD_PLAN_CLASH_SOURCE && (plan->source == NULL || *plan->source == 0))))
    open++;
  next.can_next = open == 0 && !busy;
  if (open > 0)
    next.hint = g_strdup_printf (ngettext ("%u question is open.", "%u questions are open.", open), open);
  return next;
}

/* Checking */

/**
 * qd_import_check_state_from_values:
 * @read: rows of the file
 * @rejected: rows that do not fit
 * @n_fixed: cells and rules that were corrected
 * @busy: whether the rows are being checked again
 * @format: how numbers are written
 *
 * Returns: (transfer full): what is left to do
 */
QdImportCheckState *
qd_import_check_state_from_values (guint64         read,
                                   guint64         rejected,
                                   guint           n_fixed,
                                   gboolean        busy,
                                   const QdFormat *format)
{
  QdImportCheckState *self = g_new0 (QdImportCheckState, 1);
  g_autofree char *bad = qd_format_count (format, (gint64) rejected);
  g_autofree char *all = qd_format_count (format, (gint64) read);

  self->all_fit = rejected == 0;
  if (busy)
    self->status = g_strdup (_("Checking the rows…"));
  else if (rejected == 0)
    self->status = g_strdup (n_fixed > 0 ? _("All rows fit now.") : _("All rows fit."));
  else
    /* Translators: how many rows do not fit, of how many */
    self->status = g_strdup_printf (ngettext ("%s of %s rows does not fit.", "%s of %s rows do not fit.", (gulong) rejected),
                                    bad, all);
  self->next.can_next = !busy && rejected < read;
  if (rejected == 0)
    self->next.next_label = g_strdup (_("_Next"));
  else
    self->next.next_label = g_strdup_printf (ngettext ("_Leave Out %s Row", "_Leave Out %s Rows", (gulong) rejected), bad);
  if (!busy && rejected >= read)
    self->next.hint = g_strdup (_("No row fits: correct some, or go back and look at columns and answers."));
  return self;
}

/**
 * qd_import_check_state_free:
 * @self: (nullable): a state
 *
 * Frees it.
 */
void
qd_import_check_state_free (QdImportCheckState *self)
{
  if (self == NULL)
    return;
  g_free (self->status);
  qd_import_next_clear (&self->next);
  g_free (self);
}

/* Effect */

static void
add_implied (QdImportEffectState  *self,
             const QdImportResult *result,
             const QdFormat       *format)
{
  if (result->implied_accounts > 0)
    {
      g_autofree char *count = qd_format_count (format, (gint64) result->implied_accounts);

      g_ptr_array_add (self->notes,
                       g_strdup_printf (ngettext ("%s account is only mentioned here: an import of accounts fills it in.",
                                                  "%s accounts are only mentioned here: an import of accounts fills them in.",
                                                  (gulong) result->implied_accounts),
                                        count));
    }
  if (result->implied_products > 0)
    {
      g_autofree char *count = qd_format_count (format, (gint64) result->implied_products);

      g_ptr_array_add (self->notes,
                       g_strdup_printf (ngettext ("%s product is only mentioned here.", "%s products are only mentioned here.",
                                                  (gulong) result->implied_products),
                                        count));
    }
}

static void
add_columns (QdImportEffectState *self,
             const char          *one,
             const char          *several,
             const GPtrArray     *headers)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (headers->len == 0)
    return;
  for (guint i = 0; i < headers->len && i < 8; i++)
    append_name (list, headers->pdata[i]);
  g_string_append (list, headers->len > 8 ? ", …" : ".");
  g_ptr_array_add (self->notes, g_strdup_printf ("%s %s", headers->len == 1 ? one : several, list->str));
}

/**
 * qd_import_effect_state_from_values:
 * @result: the account of the rows
 * @effect: what the import does to the figures
 * @committed: whether it was done, and not only tried
 * @format: how numbers are written
 *
 * Returns: (transfer full): what is said about it
 */
QdImportEffectState *
qd_import_effect_state_from_values (const QdImportResult *result,
                                    const QdImportEffect *effect,
                                    gboolean              committed,
                                    const QdFormat       *format)
{
  QdImportEffectState *self = g_new0 (QdImportEffectState, 1);
  guint64 rows = result->imported + result->merged;
  g_autofree char *count = qd_format_count (format, (gint64) rows);

  self->figures = qd_import_figures_new (effect, format);
  self->as_of = qd_import_figures_describe_months (effect, format);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->nothing_changes = rows == 0 && (effect->arr_before == effect->arr_after || committed) &&
                          (committed ? result->batch == 0 : TRUE);
  if (self->nothing_changes)
    self->heading = g_strdup (_("Nothing Changes"));
  else if (committed)
    self->heading = g_strdup_printf (ngettext ("%s Row Imported", "%s Rows Imported", (gulong) rows), count);
  else
    self->heading = g_strdup (_("What the Import Will Do"));
  if (self->nothing_changes && committed)
    {
      g_free (self->heading);
      self->heading = g_strdup (_("Nothing Changed"));
    }
  add_implied (self, result, format);
  add_columns (self, _("One column becomes a custom field:"), _("These columns become custom fields:"), result->custom);
  add_columns (self, _("One column is left out:"), _("These columns are left out:"), result->ignored);
  for (guint i = 0; i < result->notes->len; i++)
    g_ptr_array_add (self->notes, g_strdup (result->notes->pdata[i]));
  self->next.can_next = TRUE;
  if (self->nothing_changes || committed)
    self->next.next_label = g_strdup (committed ? _("_Done") : _("_Close"));
  else
    self->next.next_label = g_strdup_printf (ngettext ("_Import %s Row", "_Import %s Rows", (gulong) rows), count);
  return self;
}

/**
 * qd_import_effect_state_free:
 * @self: (nullable): a state
 *
 * Frees it.
 */
void
qd_import_effect_state_free (QdImportEffectState *self)
{
  if (self == NULL)
    return;
  g_free (self->heading);
  g_free (self->as_of);
  g_array_unref (self->figures);
  g_ptr_array_unref (self->notes);
  qd_import_next_clear (&self->next);
  g_free (self);
}

/**
 * qd_import_kind_is_certain:
 * @inspection: what was found
 *
 * Returns: whether the columns, or a mapping saved for them, say what the rows are
 */
gboolean
qd_import_kind_is_certain (const QdInspection *inspection)
{
  const QdKindGuess *guess = inspection->kinds->len > 0 ? &g_array_index (inspection->kinds, QdKindGuess, 0) : NULL;

  return guess != NULL && (guess->saved || (guess->complete && guess->score >= 0.7));
}

static gboolean
has_kind (const QdTable *imports,
          const char    *kind)
{
  guint kinds = (guint) qd_table_find_column (imports, "kind"), undone = (guint) qd_table_find_column (imports, "undone");

  for (guint i = 0; i < qd_table_get_n_rows (imports); i++)
    if (strcmp (qd_table_get_text (imports, i, kinds), kind) == 0 &&
        strcmp (qd_table_get_text (imports, i, undone), "yes") != 0)
      return TRUE;
  return FALSE;
}

/**
 * qd_import_ask_has_questions:
 * @plan: what is decided
 * @in_doubt: whether texts of the file may be wrong
 * @clashing: accounts that have revenue in another form
 * @imports: (nullable): imports of the workspace; `NULL`: not known yet
 *
 * Rows meet rows that are there only where this kind was imported before.
 *
 * Returns: whether a person has anything to say
 */
gboolean
qd_import_ask_has_questions (const QdImportPlan *plan,
                             gboolean            in_doubt,
                             guint64             clashing,
                             const QdTable      *imports)
{
  return plan->answers->len > 0 || in_doubt || clashing > 0 || imports == NULL ||
         has_kind (imports, plan->kind->name);
}
