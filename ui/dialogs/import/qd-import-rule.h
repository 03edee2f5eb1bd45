/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule for a whole column: what stands in its cells is read as something
 * else, or as missing.
 */
#pragma once

#include <gtk/gtk.h>

#include "../../draw/qd-format.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  guint count;
} QdRuleValue;

GArray *qd_rule_values_new (GHashTable *counts); /* (nullable) text → count; QdRuleValue, the most frequent first */

/* @to "": missing. */
typedef void (*QdRuleChosen) (const char *from, const char *to, gpointer data);
GtkWidget *qd_import_rule_new (const GArray *values, gboolean may_be_missing, const QdFormat *format, QdRuleChosen chosen,
                               gpointer data);

G_END_DECLS
