/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people call the tables and fields that an entry of the history is about.
 */
#include "config.h"

#include "qd-history-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../base/qd-field-title.h"

const char *
qd_history_table_title (const char *table)
{
  static const struct
  {
    const char *table;
    const char *title;
  } titles[] = {
    { "account", N_ ("account") },
    { "account_identity", N_ ("account id") },
    { "account_value", N_ ("account value") },
    { "product", N_ ("product") },
    { "subscription_line", N_ ("subscription line") },
    { "revenue_month", N_ ("monthly revenue") },
    { "movement_event", N_ ("movement") },
    { "fx_rate", N_ ("exchange rate") },
    { "profile", N_ ("definition profile") },
    { "profile_choice", N_ ("choice of a definition profile") },
    { "mapping", N_ ("mapping") },
    { "setting", N_ ("setting") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].table, table) == 0)
      return _ (titles[i].title);
  return table;
}

const char *
qd_history_column_title (const char *column)
{
  /* kept under another name than import has */
  static const struct
  {
    const char *column;
    const char *field;
  } names[] = {
    { "parent", "parent_id" },  { "signup", "signup_date" }, { "amount_num", "amount" },
    { "amount_den", "amount" }, { "day", "date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].column, column) == 0)
      return qd_field_title (names[i].field);
  return qd_field_title (column);
}
