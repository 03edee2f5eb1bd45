/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-dimension.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name, *title;
} titles[] = {
  { "segment", N_ ("Segment") },     { "region", N_ ("Region") },       { "country", N_ ("Country") },
  { "industry", N_ ("Industry") },   { "csm", N_ ("CSM") },             { "product", N_ ("Product") },
  { "touch", N_ ("Touch model") },   { "stage", N_ ("Lifecycle stage") }, { "sales_rep", N_ ("Sales rep") },
  { "channel", N_ ("Channel") },     { "source", N_ ("Source") },       { "discount_band", N_ ("Discount band") },
};

/**
 * qd_dimension_dup_title:
 * @name: a dimension: a standard one or a custom account field
 *
 * Names a dimension for people: the standard ones translated, a custom field
 * by its own name with blanks for underscores and a capital at the front.
 *
 * Returns: (transfer full): the title
 */
char *
qd_dimension_dup_title (const char *name)
{
  g_autofree char *spaced = NULL, *first = NULL;
  const char *rest;

  g_return_val_if_fail (name != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].name, name) == 0)
      return g_strdup (_ (titles[i].title));
  if (*name == '\0' || !g_utf8_validate (name, -1, NULL))
    return g_utf8_make_valid (name, -1);
  spaced = g_strdelimit (g_strdup (name), "_", ' ');
  rest = g_utf8_next_char (spaced);
  first = g_utf8_strup (spaced, rest - spaced);
  return g_strconcat (first, rest, NULL);
}
