/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exchange rates: reporting currency for one unit, by set and month.
 */
#include "config.h"

#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *set;
  char currency[4];
  gint32 month;
  QdDecimal rate;
  guint64 line;
} Rate;

static void
rate_clear (gpointer data)
{
  g_free (((Rate *) data)->set);
}

static gboolean
read_rate (QdImport *self,
           Rate     *rate)
{
  const char *text, *reporting = g_array_index (self->currencies, QdCurrencyUse, 0).code;
  gsize length;
  gboolean given;

  memset (rate, 0, sizeof *rate);
  rate->line = self->scan.line;
  rate->month = QD_ALWAYS;
  if (!qd_import_required_text (self, QD_FX_CURRENCY, &text, &length))
    return FALSE;
  if (length == 3)
    for (int i = 0; i < 3; i++)
      rate->currency[i] = g_ascii_toupper (text[i]);
  if (qd_currency_get_exponent (rate->currency) < 0)
    {
      qd_import_reject (self, QD_FX_CURRENCY, "unknown-currency", N_("an ISO 4217 code such as USD"));
      return FALSE;
    }
  if (!qd_import_decimal (self, QD_FX_RATE, &rate->rate, &given, NULL))
    return FALSE;
  if (!given || rate->rate.mantissa <= 0)
    {
      qd_import_reject (self, QD_FX_RATE, given ? "not-positive" : "missing", N_("a rate above 0"));
      return FALSE;
    }
  if (strcmp (rate->currency, reporting) == 0 && (rate->rate.mantissa != 1 || rate->rate.scale != 0))
    {
      qd_import_reject (self, QD_FX_RATE, "bad-rate", N_("1, because this is the reporting currency itself"));
      return FALSE;
    }
  if (qd_import_text (self, QD_FX_MONTH, &text, &length))
    {
      rate->month = qd_value_parse_month (text, length, self->reading.order[QD_FX_MONTH]);
      if (rate->month == QD_MONTH_NONE)
        {
          qd_import_reject (self, QD_FX_MONTH, "bad-month", N_("a month such as 2025-01, a date in it, or nothing"));
          return FALSE;
        }
    }
  rate->set = qd_import_text (self, QD_FX_SET, &text, &length) ? g_strndup (text, length) : g_strdup (self->source->stem);
  return TRUE;
}

static void
bind_key (QdStmt     *stmt,
          int         first,
          const Rate *rate)
{
  qd_stmt_bind_text (stmt, first, rate->set, -1);
  qd_stmt_bind_text (stmt, first + 1, rate->currency, -1);
  qd_stmt_bind_integer (stmt, first + 2, rate->month);
}

static gboolean
use_first_set (QdImport   *self,
               const char *set,
               GError    **error)
{
  g_autofree char *used = qd_db_dup_setting (self->db, "rate_set");
  gboolean ok;

  if (used != NULL && *used != 0)
    return TRUE;
  qd_history_record (self->db, TRUE);
  ok = qd_db_set_setting (self->db, "rate_set", set, error);
  qd_history_record (self->db, FALSE);
  return ok;
}

static gboolean
write_rate (QdImport *self,
            QdStmt   *get,
            QdStmt   *insert,
            Rate     *rate,
            GArray   *changes,
            GError  **error)
{
  sqlite3_stmt *handle = qd_stmt_get_handle (get);
  gboolean row, same;

  bind_key (get, 1, rate);
  if (!qd_stmt_step (get, &row, error))
    return FALSE;
  if (row)
    {
      Rate kept = *rate;

      same = sqlite3_column_int64 (handle, 0) == rate->rate.mantissa && sqlite3_column_int (handle, 1) == rate->rate.scale;
      sqlite3_reset (handle);
      if (same)
        {
          self->result->unchanged++;
          return TRUE;
        }
      kept.set = g_strdup (rate->set);
      g_array_append_val (changes, kept);
      return TRUE;
    }
  bind_key (insert, 1, rate);
  qd_stmt_bind_integer (insert, 4, rate->rate.mantissa);
  qd_stmt_bind_integer (insert, 5, rate->rate.scale);
  qd_stmt_bind_integer (insert, 6, self->batch);
  qd_stmt_bind_integer (insert, 7, rate->line);
  self->result->imported++;
  return qd_stmt_run (insert, error);
}

static gboolean
write_changes (QdImport *self,
               GArray   *changes,
               GError  **error)
{
  g_autoptr (QdStmt) update = qd_db_statement (self->db, "rate-update", error);

  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const Rate *rate = &g_array_index (changes, Rate, i);
      gboolean ok;

      qd_stmt_bind_integer (update, 1, rate->rate.mantissa);
      qd_stmt_bind_integer (update, 2, rate->rate.scale);
      bind_key (update, 3, rate);
      qd_history_record (self->db, TRUE);
      ok = qd_stmt_run (update, error);
      qd_history_record (self->db, FALSE);
      if (!ok || !qd_import_add_merged (self, rate->line, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_import_fx:
 * @self: an import
 * @error: return location
 *
 * Reads exchange rates and writes them. The first set that a workspace gets is
 * the one in use.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_fx (QdImport *self,
              GError  **error)
{
  g_autoptr (QdStmt) get = qd_db_statement (self->db, "rate-get", error);
  g_autoptr (QdStmt) insert = get ? qd_db_statement (self->db, "rate-insert", error) : NULL;
  g_autoptr (QdIntern) keys = qd_intern_new ();
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Rate));
  g_autofree char *first_set = NULL;
  g_autoptr (GError) local = NULL;

  if (insert == NULL)
    return FALSE;
  g_array_set_clear_func (changes, rate_clear);
  while (qd_import_next (self, &local))
    {
      g_autofree char *key = NULL;
      gboolean added, ok = TRUE;
      Rate rate;

      if (read_rate (self, &rate))
        {
          key = g_strdup_printf ("%s %d %s", rate.currency, rate.month, rate.set);
          qd_intern_add (keys, key, strlen (key), TRUE, &added);
          if (!added)
            qd_import_reject (self, QD_FX_MONTH, "repeated", N_("a month that no earlier row has for this currency"));
          else
            {
              if (first_set == NULL)
                first_set = g_strdup (rate.set);
              ok = write_rate (self, get, insert, &rate, changes, error);
            }
        }
      g_free (rate.set);
      if (!ok || (self->pending_rejects->len >= QD_REJECTS_SHOWN &&
                  !qd_import_write_rejects (self, self->pending_rejects, error)))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return write_changes (self, changes, error) && (first_set == NULL || use_first_set (self, first_set, error));
}
