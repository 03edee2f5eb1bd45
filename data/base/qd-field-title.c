/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-field-title.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name, *title;
} titles[] = {
  { "account_id", N_ ("Account ID") },
  { "name", N_ ("Name") },
  { "parent_id", N_ ("Parent Account") },
  { "domain", N_ ("Domain") },
  { "segment", N_ ("Segment") },
  { "region", N_ ("Region") },
  { "country", N_ ("Country") },
  { "industry", N_ ("Industry") },
  { "csm", N_ ("Customer Success Manager") },
  { "touch", N_ ("Touch Model") },
  { "stage", N_ ("Stage") },
  { "signup_date", N_ ("Sign-up Date") },
  { "sales_rep", N_ ("Sales Representative") },
  { "channel", N_ ("Channel") },
  { "source", N_ ("Lead Source") },
  { "discount_band", N_ ("Discount Band") },
  { "currency", N_ ("Currency") },
  { "seats", N_ ("Seats") },
  { "employees", N_ ("Employees") },
  { "fit", N_ ("Fit") },
  { "valid_from", N_ ("Valid From") },
  { "product_id", N_ ("Product ID") },
  { "line_id", N_ ("Subscription ID") },
  { "start", N_ ("Start") },
  { "end", N_ ("End") },
  { "mrr", N_ ("MRR") },
  { "arr", N_ ("ARR") },
  { "quantity", N_ ("Quantity") },
  { "unit_price", N_ ("Unit Price") },
  { "interval", N_ ("Billing Interval") },
  { "interval_count", N_ ("Intervals per Bill") },
  { "discount", N_ ("Discount") },
  { "discount_unit", N_ ("Unit of the Discount") },
  { "product", N_ ("Product") },
  { "trial", N_ ("Trial") },
  { "canceled_at", N_ ("Cancelled On") },
  { "notice_date", N_ ("Notice Given On") },
  { "auto_renew", N_ ("Renews Automatically") },
  { "term_months", N_ ("Term in Months") },
  { "month", N_ ("Month") },
  { "event_id", N_ ("Event ID") },
  { "date", N_ ("Date") },
  { "mrr_after", N_ ("MRR After the Event") },
  { "change", N_ ("Change of MRR") },
  { "amount", N_ ("Amount") },
  { "kind", N_ ("Kind of Movement") },
  { "level_of", N_ ("Level Of") },
  { "rate", N_ ("Rate") },
  { "set", N_ ("Set of Rates") },
};

/**
 * qd_field_title:
 * @name: the name of a field of any kind of data, as import calls it
 *
 * Returns: (transfer none): what it is called, translated; what nobody knows stays as it is
 */
const char *
qd_field_title (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].name, name) == 0)
      return _ (titles[i].title);
  return name;
}
