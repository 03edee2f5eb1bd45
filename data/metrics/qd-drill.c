/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-drill.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-parts-private.h"

#define MAX_AGE 12000

static gboolean
is_factor (int factor)
{
  return factor == 1 || factor == 12 || factor == -1 || factor == -12;
}

/**
 * qd_drill_init:
 * @self: (out caller-allocates): a drill
 * @id: a metric of the catalogue; or opening_mrr, won_mrr, fx, transfer_in,
 *   transfer_out (of movements), start_mrr, end_mrr, gross_end_mrr, lost_mrr, reduced_mrr,
 *   grown_mrr, accounts_start, accounts_retained (of retention)
 * @window: whose; of a state its end matters, and for opening_mrr its start
 * @factor: 1, 12, −1 or −12
 *
 * Names the rows behind a figure of a window.
 *
 * Returns: `FALSE` when there is no such id; @self is then unchanged
 */
gboolean
qd_drill_init (QdDrill    *self,
               const char *id,
               QdWindow    window,
               int         factor)
{
  const QdPart *part;

  g_return_val_if_fail (self != NULL && id != NULL && is_factor (factor), FALSE);

  part = qd_part_find (id);
  if (part == NULL || part->kind == QD_PART_FOLLOW)
    return FALSE;
  *self = (QdDrill){ .id = part->id, .factor = factor, .window = window, .cohort = QD_DRILL_ALL_COHORTS };
  return TRUE;
}

/**
 * qd_drill_choose_factor:
 * @id: as for qd_drill_init()
 *
 * Says what people are shown of what is kept in MRR: ARR, and losses below
 * zero. Whoever shows a figure multiplies it by this, so that the figure and
 * the rows behind it have one sign.
 *
 * Returns: 12, of losses −12
 */
int
qd_drill_choose_factor (const char *id)
{
  const QdPart *part;

  g_return_val_if_fail (id != NULL, 12);

  part = qd_part_find (id);
  return part != NULL && part->loss ? -12 : 12;
}

/**
 * qd_drill_init_shown:
 * @self: (out caller-allocates): a drill
 * @id: as for qd_drill_init()
 * @window: whose
 *
 * Names the rows behind a figure as people are shown it, see
 * qd_drill_choose_factor().
 *
 * Returns: `FALSE` when there is no such id; @self is then unchanged
 */
gboolean
qd_drill_init_shown (QdDrill    *self,
                     const char *id,
                     QdWindow    window)
{
  return qd_drill_init (self, id, window, qd_drill_choose_factor (id));
}

/**
 * qd_drill_init_column:
 * @self: (out caller-allocates): a drill
 * @column: id of a column of the tables `movements` or `retention`
 * @window: of the row
 *
 * Names the rows behind a cell of those tables, in MRR as they are.
 *
 * Returns: `FALSE` when a column has no rows behind it
 */
gboolean
qd_drill_init_column (QdDrill    *self,
                      const char *column,
                      QdWindow    window)
{
  const QdPart *part;

  g_return_val_if_fail (self != NULL && column != NULL, FALSE);

  part = qd_part_find_column (column);
  return part != NULL && qd_drill_init (self, part->id, window, 1);
}

/**
 * qd_drill_init_cohort:
 * @self: (out caller-allocates): a drill
 * @id: "cohort_logos", "cohort_net" or "cohort_gross"
 * @cohort: first month of the month, quarter or year; or `QD_DRILL_ALL_COHORTS`:
 *   what the weighted average is made of
 * @step: 1, 3 or 12 months
 * @age: in steps, or `QD_DRILL_MEMBERS`
 * @factor: 1 or 12
 *
 * Names the rows behind a cell of a triangle.
 *
 * Returns: `FALSE` when there is no such id; @self is then unchanged
 */
gboolean
qd_drill_init_cohort (QdDrill    *self,
                      const char *id,
                      QdMonth     cohort,
                      int         step,
                      int         age,
                      int         factor)
{
  const QdPart *part;

  g_return_val_if_fail (self != NULL && id != NULL && is_factor (factor), FALSE);
  g_return_val_if_fail (step == 1 || step == 3 || step == 12, FALSE);

  part = qd_part_find (id);
  if (part == NULL || part->kind != QD_PART_FOLLOW)
    return FALSE;
  *self = (QdDrill){ .id = part->id, .factor = factor, .cohort = cohort, .step = step, .age = age };
  return TRUE;
}

/**
 * qd_drill_copy:
 * @self: a drill
 *
 * Returns: (transfer full): an equal one
 */
QdDrill *
qd_drill_copy (const QdDrill *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * qd_drill_free:
 * @self: (transfer full) (nullable): a drill that qd_drill_copy() or qd_drill_parse() gave
 */
void
qd_drill_free (QdDrill *self)
{
  g_free (self);
}

/**
 * qd_drill_equal:
 * @a: a drill
 * @b: a drill
 *
 * Returns: whether both name the same rows
 */
gboolean
qd_drill_equal (const QdDrill *a,
                const QdDrill *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return strcmp (a->id, b->id) == 0 && a->factor == b->factor && a->window.before == b->window.before
         && a->window.last == b->window.last && !a->window.open == !b->window.open && a->cohort == b->cohort
         && a->step == b->step && a->age == b->age;
}

/**
 * qd_drill_to_string:
 * @self: a drill
 *
 * Writes a drill for actions, histories and the command line:
 * "ID\@START..END", months whose ends bound the window, "+" after a period that
 * is not over, "*12" or another factor that is not 1; of cohorts
 * "ID\@MONTH,step=MONTHS,age=STEPS", where MONTH may be "all" and members have
 * no age.
 *
 * Returns: (transfer full): what qd_drill_parse() reads
 */
char *
qd_drill_to_string (const QdDrill *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (self->id);
  g_string_append_c (text, '@');
  if (qd_drill_is_of_cohort (self))
    {
      g_autofree char *cohort = self->cohort != QD_DRILL_ALL_COHORTS ? qd_month_to_iso (self->cohort) : g_strdup ("all");

      g_string_append_printf (text, "%s,step=%d", cohort, self->step);
      if (self->age != QD_DRILL_MEMBERS)
        g_string_append_printf (text, ",age=%d", self->age);
    }
  else
    {
      g_autofree char *before = qd_month_to_iso (self->window.before), *last = qd_month_to_iso (self->window.last);

      g_string_append_printf (text, "%s..%s%s", before, last, self->window.open ? "+" : "");
    }
  if (self->factor != 1)
    g_string_append_printf (text, "*%d", self->factor);
  return g_string_free (text, FALSE);
}

/* Takes @start off the front of @rest. */
static gboolean
skip (const char **rest,
      const char  *start)
{
  if (!g_str_has_prefix (*rest, start))
    return FALSE;
  *rest += strlen (start);
  return TRUE;
}

static gboolean
read_month (const char **rest,
            QdMonth     *month)
{
  gsize n = strspn (*rest, "0123456789-");

  *month = qd_month_parse_iso (*rest, (gssize) n);
  *rest += n;
  return *month != QD_MONTH_NONE;
}

static gboolean
read_number (const char **rest,
             int         *number)
{
  char *end;
  gint64 value;

  if (!g_ascii_isdigit (**rest) && **rest != '-')
    return FALSE;
  value = g_ascii_strtoll (*rest, &end, 10);
  *rest = end;
  *number = (int) CLAMP (value, -MAX_AGE - 1, MAX_AGE + 1);
  return ABS (value) <= MAX_AGE;
}

static gboolean
read_cohort (QdDrill     *self,
             const char **rest)
{
  self->age = QD_DRILL_MEMBERS;
  self->cohort = QD_DRILL_ALL_COHORTS;
  if (!skip (rest, "all") && !read_month (rest, &self->cohort))
    return FALSE;
  if (!skip (rest, ",step=") || !read_number (rest, &self->step) || (self->step != 1 && self->step != 3 && self->step != 12))
    return FALSE;
  return !skip (rest, ",age=") || (read_number (rest, &self->age) && self->age >= 0);
}

static gboolean
read_window (QdWindow    *window,
             const char **rest)
{
  if (!read_month (rest, &window->before) || !skip (rest, "..") || !read_month (rest, &window->last))
    return FALSE;
  window->open = skip (rest, "+");
  return window->before < window->last;
}

/**
 * qd_drill_parse:
 * @text: what qd_drill_to_string() wrote
 * @error: return location
 *
 * Reads a drill; any text may be given.
 *
 * Returns: (transfer full) (nullable): the drill, or `NULL` with
 *   `QD_METRIC_ERROR_UNKNOWN`
 */
QdDrill *
qd_drill_parse (const char *text,
                GError    **error)
{
  QdDrill self = { .factor = 1, .cohort = QD_DRILL_ALL_COHORTS };
  const char *rest;
  g_autofree char *id = NULL, *shown = NULL;
  const QdPart *part;
  gboolean good;

  g_return_val_if_fail (text != NULL, NULL);

  rest = text + strcspn (text, "@");
  id = g_strndup (text, (gsize) (rest - text));
  part = qd_part_find (id);
  good = part != NULL && skip (&rest, "@");
  if (good)
    {
      self.id = part->id;
      good = part->kind == QD_PART_FOLLOW ? read_cohort (&self, &rest) : read_window (&self.window, &rest);
    }
  if (good && skip (&rest, "*"))
    good = read_number (&rest, &self.factor) && is_factor (self.factor);
  if (good && *rest == '\0')
    return qd_drill_copy (&self);
  shown = g_utf8_make_valid (text, MIN (strlen (text), 80));
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
               _("“%s” names no rows. Write a metric and the months whose ends bound the period, such as "
                 "churn_mrr@2025-12..2026-01."),
               shown);
  return NULL;
}

/**
 * qd_drill_is_of_cohort:
 * @self: a drill
 *
 * Returns: whether it is about cohorts rather than a window
 */
gboolean
qd_drill_is_of_cohort (const QdDrill *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return qd_part_find (self->id)->kind == QD_PART_FOLLOW;
}

/**
 * qd_drill_is_state:
 * @self: a drill
 *
 * Returns: whether it is about one month end: that of the window's start for
 *   opening_mrr, else of its end
 */
gboolean
qd_drill_is_state (const QdDrill *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return qd_part_find (self->id)->kind == QD_PART_STATE;
}

/**
 * qd_drill_get_month:
 * @self: a drill of a state
 *
 * Returns: the month at whose end the state is: that before the window for
 *   opening_mrr, else its last
 */
QdMonth
qd_drill_get_month (const QdDrill *self)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  return strcmp (self->id, "opening_mrr") == 0 ? self->window.before : self->window.last;
}

/**
 * qd_drill_get_metric:
 * @self: a drill
 *
 * Returns: (transfer none) (nullable): the metric that explains it; parts of
 *   bridges have none
 */
const QdMetric *
qd_drill_get_metric (const QdDrill *self)
{
  static const char *const of_cohorts[] = { "logo_retention", "nrr", "grr" };

  g_return_val_if_fail (self != NULL, NULL);

  return qd_catalogue_find (qd_drill_is_of_cohort (self) ? of_cohorts[qd_part_find (self->id)->part] : self->id);
}

/**
 * qd_drill_get_name:
 * @self: a drill
 *
 * Returns: (transfer none): what it is, short and in the user's language,
 *   without a period: "Churn"
 */
const char *
qd_drill_get_name (const QdDrill *self)
{
  const QdPart *part;

  g_return_val_if_fail (self != NULL, NULL);

  part = qd_part_find (self->id);
  if (part->name != NULL)
    return _(part->name);
  /* 12 × MRR is ARR. */
  if (strcmp (part->id, "mrr") == 0 && ABS (self->factor) == 12)
    part = qd_part_find ("arr");
  return _(qd_catalogue_find (part->id)->short_name);
}

/**
 * qd_drill_get_unit:
 * @self: a drill
 *
 * Returns: the unit of the number behind which the rows are
 */
QdUnit
qd_drill_get_unit (const QdDrill *self)
{
  g_return_val_if_fail (self != NULL, QD_UNIT_COUNT);

  return qd_part_find (self->id)->unit;
}
