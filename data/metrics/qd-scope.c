/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-dimension.h"

#define MAX_MONTHS 1200

/**
 * qd_period_parse:
 * @text: "month", "quarter", "year", "ttm" or a number of months
 * @period: (out): the period
 * @error: return location
 *
 * Reads a period as the command line writes it.
 *
 * Returns: `FALSE` with `QD_METRIC_ERROR_UNKNOWN`, or `QD_METRIC_ERROR_RANGE`
 *   for a number of months outside 1 to 1200
 */
gboolean
qd_period_parse (const char *text,
                 QdPeriod   *period,
                 GError    **error)
{
  guint64 months;

  g_return_val_if_fail (text != NULL && period != NULL, FALSE);

  if (strcmp (text, "month") == 0)
    *period = (QdPeriod) { QD_PERIOD_MONTHS, 1 };
  else if (strcmp (text, "ttm") == 0)
    *period = (QdPeriod) { QD_PERIOD_MONTHS, 12 };
  else if (strcmp (text, "quarter") == 0)
    *period = (QdPeriod) { QD_PERIOD_QUARTER, 3 };
  else if (strcmp (text, "year") == 0)
    *period = (QdPeriod) { QD_PERIOD_YEAR, 12 };
  else if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    {
      if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_MONTHS, &months, NULL))
        {
          g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                       _("A period of %s months is not possible: give 1 to %d."), text, MAX_MONTHS);
          return FALSE;
        }
      *period = (QdPeriod) { QD_PERIOD_MONTHS, (int) months };
    }
  else
    {
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
                   _("“%s” is no period. Give month, quarter, year, ttm or a number of months."), text);
      return FALSE;
    }
  return TRUE;
}

/**
 * qd_period_to_string:
 * @period: a period
 *
 * Returns: (transfer full): what qd_period_parse() reads
 */
char *
qd_period_to_string (QdPeriod period)
{
  switch (period.kind)
    {
    case QD_PERIOD_QUARTER:
      return g_strdup ("quarter");
    case QD_PERIOD_YEAR:
      return g_strdup ("year");
    case QD_PERIOD_MONTHS:
    default:
      break;
    }
  if (period.months == 1)
    return g_strdup ("month");
  if (period.months == 12)
    return g_strdup ("ttm");
  return g_strdup_printf ("%d", period.months);
}

/**
 * qd_scope_new:
 * @profile: copied
 *
 * Makes the scope of a board figure: the last month of the data, twelve months,
 * every account.
 *
 * Returns: (transfer full): the scope; its fields may be set before it is shared
 */
QdScope *
qd_scope_new (const QdProfile *profile)
{
  QdScope *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_new0 (QdScope, 1);
  self->as_of = QD_MONTH_NONE;
  self->period = (QdPeriod) { QD_PERIOD_MONTHS, 12 };
  self->profile = qd_profile_copy (profile);
  self->where = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * qd_scope_copy:
 * @self: a scope
 *
 * Returns: (transfer full): an equal one
 */
QdScope *
qd_scope_copy (const QdScope *self)
{
  QdScope *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = qd_scope_new (self->profile);
  copy->as_of = self->as_of;
  copy->period = self->period;
  for (guint i = 0; i < self->where->len; i++)
    g_ptr_array_add (copy->where, g_strdup (g_ptr_array_index (self->where, i)));
  return copy;
}

QdScope *
qd_scope_dup_monthly (const QdScope *self)
{
  QdScope *monthly = qd_scope_copy (self);

  monthly->period = self->profile->netting == QD_NETTING_QUARTER ? (QdPeriod){ QD_PERIOD_QUARTER, 3 }
                                                                  : (QdPeriod){ QD_PERIOD_MONTHS, 1 };
  return monthly;
}

/**
 * qd_scope_free:
 * @self: (transfer full) (nullable): a scope
 *
 * Frees a scope.
 */
void
qd_scope_free (QdScope *self)
{
  if (self == NULL)
    return;
  qd_profile_free (self->profile);
  g_ptr_array_unref (self->where);
  g_free (self);
}

/**
 * qd_scope_resolve_as_of:
 * @self: a scope
 * @book: what it is applied to
 * @as_of: (out): the month that holds
 * @error: return location
 *
 * Finds the as-of month: the scope's own, or the last month of the data. The
 * scope's own may lie after that, up to the horizon of the book, where lines
 * end that nothing has replaced yet.
 *
 * Returns: `FALSE` with `QD_METRIC_ERROR_RANGE` when the month lies outside the
 *   data and its horizon, or there is no revenue at all
 */
gboolean
qd_scope_resolve_as_of (const QdScope *self,
                        const QdBook  *book,
                        QdMonth       *as_of,
                        GError       **error)
{
  QdMonth first, last, horizon;

  g_return_val_if_fail (self != NULL && book != NULL && as_of != NULL, FALSE);

  first = qd_book_get_first_month (book);
  last = qd_book_get_last_month (book);
  horizon = qd_book_get_horizon (book, self->profile->end_date == QD_END_INCLUSIVE);
  if (first == QD_MONTH_NONE || last == QD_MONTH_NONE)
    {
      g_set_error_literal (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                           _("There is no revenue in this workspace yet. Import subscriptions, mrr or movements first."));
      return FALSE;
    }
  *as_of = self->as_of == QD_MONTH_NONE ? last : self->as_of;
  if (*as_of < first || *as_of > horizon)
    {
      g_autofree char *asked = qd_month_to_words (*as_of);
      g_autofree char *from = qd_month_to_words (first);
      g_autofree char *to = qd_month_to_words (horizon);

      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                   _("The month %s is outside the data, which runs from %s to %s."), asked, from, to);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_period (const QdScope *self,
              GError       **error)
{
  if (self->period.kind != QD_PERIOD_MONTHS)
    return TRUE;
  if (self->period.months < 1 || self->period.months > MAX_MONTHS)
    {
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                   _("A period of %d months is not possible: give 1 to %d."), self->period.months, MAX_MONTHS);
      return FALSE;
    }
  if (self->profile->netting == QD_NETTING_QUARTER && self->period.months < 3)
    {
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE,
                   _("The definition nets movements by quarter, so a period of %d months has none. Choose a period of 3 "
                     "months or more, quarter or year, or set netting=month."),
                   self->period.months);
      return FALSE;
    }
  return TRUE;
}

/* The fiscal bucket that holds @month, cut at @as_of. */
static QdWindow
bucket (QdPeriodKind kind,
        QdMonth      month,
        QdMonth      as_of,
        int          fiscal_start)
{
  gboolean quarter = kind == QD_PERIOD_QUARTER;
  QdMonth end = quarter ? qd_fiscal_quarter_end (month, fiscal_start) : qd_fiscal_year_end (month, fiscal_start);
  QdWindow window = { end - (quarter ? 3 : 12), MIN (end, as_of), end > as_of };

  return window;
}

/**
 * qd_scope_list_windows:
 * @self: a scope
 * @book: what it is applied to
 * @error: return location
 *
 * Lists the windows of a table, one per row: for months, ttm and N one that
 * ends at each month end from the first month of the data to as-of; for
 * quarters and years the fiscal buckets, of which the last is cut at as-of and
 * marked open.
 *
 * Returns: (transfer full) (element-type QdWindow) (nullable): the windows,
 *   oldest first; `NULL` with `QD_METRIC_ERROR_RANGE` or, for a period too
 *   short for the profile's netting, `QD_METRIC_ERROR_UNSUITABLE`
 */
GArray *
qd_scope_list_windows (const QdScope *self,
                       const QdBook  *book,
                       GError       **error)
{
  GArray *windows;
  QdMonth first, as_of;
  int fiscal_start;

  g_return_val_if_fail (self != NULL && book != NULL, NULL);

  if (!qd_scope_resolve_as_of (self, book, &as_of, error) || !check_period (self, error))
    return NULL;
  first = qd_book_get_first_month (book);
  fiscal_start = qd_book_get_fiscal_start (book);
  windows = g_array_new (FALSE, FALSE, sizeof (QdWindow));
  for (QdMonth month = first; month <= as_of; month++)
    {
      QdWindow window = { month - self->period.months, month, FALSE };

      if (self->period.kind != QD_PERIOD_MONTHS)
        {
          window = bucket (self->period.kind, month, as_of, fiscal_start);
          month = window.last;
        }
      g_array_append_val (windows, window);
    }
  return windows;
}

/**
 * qd_scope_get_window:
 * @self: a scope
 * @book: what it is applied to
 * @window: (out): the window
 * @error: return location
 *
 * Finds the one window that ends at as-of: the months up to it, or the fiscal
 * quarter or year to date.
 *
 * Returns: `FALSE` with the errors of qd_scope_list_windows()
 */
gboolean
qd_scope_get_window (const QdScope *self,
                     const QdBook  *book,
                     QdWindow      *window,
                     GError       **error)
{
  QdMonth as_of;

  g_return_val_if_fail (self != NULL && book != NULL && window != NULL, FALSE);

  if (!qd_scope_resolve_as_of (self, book, &as_of, error) || !check_period (self, error))
    return FALSE;
  if (self->period.kind == QD_PERIOD_MONTHS)
    *window = (QdWindow) { as_of - self->period.months, as_of, FALSE };
  else
    *window = bucket (self->period.kind, as_of, as_of, qd_book_get_fiscal_start (book));
  return TRUE;
}

static gboolean
is_of (const char *pair,
       const char *other)
{
  gsize length = strcspn (pair, "=");

  return strncmp (pair, other, length) == 0 && other[length] == '=';
}

/**
 * qd_scope_describe_filters:
 * @self: a scope
 *
 * Writes who is looked at, one dimension after the other with its values.
 *
 * Returns: (transfer full): such as "Segment: Mid-Market, SMB; Region: EMEA",
 *   "" without filters
 */
char *
qd_scope_describe_filters (const QdScope *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->where->len; i++)
    {
      const char *pair = self->where->pdata[i];
      g_autofree char *name = g_strndup (pair, strcspn (pair, "="));
      g_autofree char *title = qd_dimension_dup_title (name);
      g_autoptr (GString) values = g_string_new (NULL);
      gboolean told = FALSE;

      for (guint j = 0; j < self->where->len; j++)
        {
          const char *other = self->where->pdata[j];

          if (!is_of (pair, other))
            continue;
          told |= j < i;
          other += strlen (name) + 1;
          g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "", *other != '\0' ? other : _("(blank)"));
        }
      if (told || pair[strlen (name)] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, "; ");
      /* Translators: a filter: the field, its values */
      g_string_append_printf (text, _("%s: %s"), title, values->str);
    }
  return g_string_free (text, FALSE);
}

/**
 * qd_scope_describe:
 * @self: a scope
 * @book: what it is applied to
 *
 * Says what a figure is for, as covers and labels do: "segment = Enterprise; 12
 * months to Jun 2026".
 *
 * Returns: (transfer full): in the user's language; the filter is left out when
 *   there is none, the month when the scope does not fit the data
 */
char *
qd_scope_describe (const QdScope *self,
                   const QdBook  *book)
{
  g_autofree char *filters = NULL;
  g_autofree char *month = NULL;
  GString *text;
  QdWindow window;

  g_return_val_if_fail (self != NULL && book != NULL, NULL);

  filters = qd_scope_describe_filters (self);
  if (!qd_scope_get_window (self, book, &window, NULL))
    return g_steal_pointer (&filters);

  text = g_string_new (filters);
  if (text->len > 0)
    g_string_append (text, "; ");
  month = qd_month_to_words (window.last);
  if (self->period.kind == QD_PERIOD_QUARTER)
    g_string_append_printf (text, window.open ? _("fiscal quarter to date, %s") : _("fiscal quarter to %s"), month);
  else if (self->period.kind == QD_PERIOD_YEAR)
    g_string_append_printf (text, window.open ? _("fiscal year to date, %s") : _("fiscal year to %s"), month);
  else
    g_string_append_printf (text,
                            ngettext ("%d month to %s", "%d months to %s", (gulong) self->period.months),
                            self->period.months, month);
  return g_string_free (text, FALSE);
}
