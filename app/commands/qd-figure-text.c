/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figure-text.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "qd-invocation.h"
#include "qd-terminal.h"

/**
 * qd_figure_text_require:
 * @id: what was asked for
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` and a hint when the catalogue has no such metric
 */
gboolean
qd_figure_text_require (const char *id,
                        GError    **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *list = NULL;
  const char *nearest;

  if (qd_catalogue_find (id) != NULL)
    return TRUE;
  ids = g_ptr_array_new ();
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    g_ptr_array_add (ids, (gpointer) qd_catalogue_get_metric (i)->id);
  g_ptr_array_add (ids, NULL);
  safe = qd_terminal_dup_safe (id);
  nearest = qd_terminal_nearest (id, (const char *const *) ids->pdata);
  if (nearest != NULL)
    {
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("There is no metric “%s”; did you mean “%s”?"),
                   safe, nearest);
      return FALSE;
    }
  list = g_strjoinv (", ", (char **) ids->pdata);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("There is no metric “%s”. There are: %s."), safe,
               list);
  return FALSE;
}

/**
 * qd_figure_text_dup_rate:
 * @rate: a value that may be undefined
 * @unit: what it counts; money in minor units
 * @currency: ISO 4217, for money
 * @blank: whether undefined is left blank, else a dash
 *
 * Returns: (transfer full): the value for people
 */
char *
qd_figure_text_dup_rate (QdRate      rate,
                         QdUnit      unit,
                         const char *currency,
                         gboolean    blank)
{
  int exponent = qd_currency_get_exponent (currency);

  if (!rate.defined)
    return g_strdup (blank ? "" : "–");
  switch (unit)
    {
    case QD_UNIT_MONEY:
      return fabs (rate.value) < 9e15 ? qd_terminal_format_money ((gint64) round (rate.value), exponent)
                                      : qd_terminal_format_number (rate.value / pow (10, exponent), exponent);
    case QD_UNIT_RATE:
      return qd_terminal_format_rate (rate.value);
    case QD_UNIT_RATIO:
      {
        g_autofree char *number = qd_terminal_format_number (rate.value, 2);

        return g_strconcat (number, "×", NULL);
      }
    case QD_UNIT_COUNT:
    default:
      return qd_terminal_format_number (rate.value, rate.value == floor (rate.value) ? 0 : 2);
    }
}

/**
 * qd_figure_text_dup_value:
 * @figure: a figure
 * @currency: ISO 4217
 *
 * Returns: (transfer full): its value for people, a dash when it is undefined
 */
char *
qd_figure_text_dup_value (const QdFigure *figure,
                          const char     *currency)
{
  if (figure->value.defined && figure->unit == QD_UNIT_MONEY)
    return qd_terminal_format_money (figure->money, qd_currency_get_exponent (currency));
  return qd_figure_text_dup_rate (figure->value, figure->unit, currency, FALSE);
}
