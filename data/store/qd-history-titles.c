/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people call the tables and fields that an entry of the history is about.
 */
#include "config.h"

#include "qd-history-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
  static const struct
  {
    const char *column;
    const char *title;
  } titles[] = {
    { "name", N_ ("Name") },
    { "parent", N_ ("Parent Account") },
    { "domain", N_ ("Domain") },
    { "segment", N_ ("Segment") },
    { "region", N_ ("Region") },
    { "country", N_ ("Country") },
    { "industry", N_ ("Industry") },
    { "csm", N_ ("Customer Success Manager") },
    { "touch", N_ ("Touch Model") },
    { "stage", N_ ("Stage") },
    { "signup", N_ ("Sign-up Date") },
    { "sales_rep", N_ ("Sales Representative") },
    { "channel", N_ ("Channel") },
    { "source", N_ ("Lead Source") },
    { "discount_band", N_ ("Discount Band") },
    { "currency", N_ ("Currency") },
    { "seats", N_ ("Seats") },
    { "employees", N_ ("Employees") },
    { "fit", N_ ("Fit") },
    { "product", N_ ("Product") },
    { "start", N_ ("Start") },
    { "end", N_ ("End") },
    { "amount_num", N_ ("Amount") },
    { "amount_den", N_ ("Amount") },
    { "trial", N_ ("Trial") },
    { "quantity", N_ ("Quantity") },
    { "unit_price", N_ ("Unit Price") },
    { "canceled_at", N_ ("Cancelled On") },
    { "kind", N_ ("Kind of Movement") },
    { "day", N_ ("Date") },
    { "month", N_ ("Month") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].column, column) == 0)
      return _ (titles[i].title);
  return column;
}
