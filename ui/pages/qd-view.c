/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-view.h"

#include <string.h>

#define DEFAULT_PROFILE "Board"
#define TEXT_TYPE "(ssysas)"

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * qd_view_new:
 *
 * Returns: (transfer full): how a workspace is first looked at
 */
QdView *
qd_view_new (void)
{
  QdView *self = g_new0 (QdView, 1);

  self->as_of = QD_MONTH_NONE;
  self->period = (QdPeriod) { QD_PERIOD_MONTHS, 12 };
  self->compare = QD_COMPARE_PRIOR_YEAR;
  self->profile = g_strdup (DEFAULT_PROFILE);
  self->where = g_ptr_array_new_with_free_func (g_free);
  return self;
}

QdView *
qd_view_copy (const QdView *self)
{
  QdView *copy = g_new0 (QdView, 1);

  *copy = *self;
  copy->profile = g_strdup (self->profile);
  copy->where = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->where->len; i++)
    g_ptr_array_add (copy->where, g_strdup (self->where->pdata[i]));
  return copy;
}

void
qd_view_free (QdView *self)
{
  g_free (self->profile);
  g_ptr_array_unref (self->where);
  g_free (self);
}

gboolean
qd_view_equal (const QdView *a,
               const QdView *b)
{
  if (a->as_of != b->as_of || a->period.kind != b->period.kind || a->period.months != b->period.months ||
      a->compare != b->compare || strcmp (a->profile, b->profile) != 0 || a->where->len != b->where->len)
    return FALSE;
  for (guint i = 0; i < a->where->len; i++)
    if (strcmp (a->where->pdata[i], b->where->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

QdView *
qd_view_with_as_of (const QdView *self,
                    QdMonth       as_of)
{
  QdView *view = qd_view_copy (self);

  view->as_of = as_of;
  return view;
}

QdView *
qd_view_with_period (const QdView *self,
                     QdPeriod      period)
{
  QdView *view = qd_view_copy (self);

  view->period = period;
  return view;
}

QdView *
qd_view_with_compare (const QdView *self,
                      QdCompare     compare)
{
  QdView *view = qd_view_copy (self);

  view->compare = compare;
  return view;
}

QdView *
qd_view_with_profile (const QdView *self,
                      const char   *profile)
{
  QdView *view = qd_view_copy (self);

  g_free (view->profile);
  view->profile = g_strdup (profile);
  return view;
}

static gboolean
is_of_dimension (const char *pair,
                 const char *dimension)
{
  gsize length = strlen (dimension);

  return strncmp (pair, dimension, length) == 0 && pair[length] == '=';
}

/**
 * qd_view_with_filter:
 * @self: a view
 * @dimension: name of a dimension of the book, or "product"
 * @value: one of its values, "" for the blank
 * @on: whether the value is to be let through
 *
 * Returns: (transfer full): the view with one value more or less in its filter
 */
QdView *
qd_view_with_filter (const QdView *self,
                     const char   *dimension,
                     const char   *value,
                     gboolean      on)
{
  QdView *view = qd_view_copy (self);
  g_autofree char *pair = g_strconcat (dimension, "=", value, NULL);

  for (guint i = view->where->len; i > 0; i--)
    if (strcmp (view->where->pdata[i - 1], pair) == 0)
      g_ptr_array_remove_index (view->where, i - 1);
  if (on)
    {
      g_ptr_array_add (view->where, g_steal_pointer (&pair));
      g_ptr_array_sort (view->where, compare_texts);
    }
  return view;
}

QdView *
qd_view_without_dimension (const QdView *self,
                           const char   *dimension)
{
  QdView *view = qd_view_copy (self);

  for (guint i = view->where->len; i > 0; i--)
    if (is_of_dimension (view->where->pdata[i - 1], dimension))
      g_ptr_array_remove_index (view->where, i - 1);
  return view;
}

QdView *
qd_view_without_filters (const QdView *self)
{
  QdView *view = qd_view_copy (self);

  g_ptr_array_set_size (view->where, 0);
  return view;
}

gboolean
qd_view_has_filter (const QdView *self,
                    const char   *dimension,
                    const char   *value)
{
  for (guint i = 0; i < self->where->len; i++)
    {
      const char *pair = self->where->pdata[i];

      if (is_of_dimension (pair, dimension) && strcmp (pair + strlen (dimension) + 1, value) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
qd_view_is_filtered (const QdView *self)
{
  return self->where->len > 0;
}

/**
 * qd_view_to_string:
 * @self: a view
 *
 * Returns: (transfer full): the view in one line, the same in every locale
 */
char *
qd_view_to_string (const QdView *self)
{
  g_autofree char *as_of = self->as_of != QD_MONTH_NONE ? qd_month_to_iso (self->as_of) : g_strdup ("");
  g_autofree char *period = qd_period_to_string (self->period);
  g_autoptr (GVariant) value = NULL;
  g_auto (GVariantBuilder) where;

  g_variant_builder_init (&where, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < self->where->len; i++)
    g_variant_builder_add (&where, "s", self->where->pdata[i]);
  value = g_variant_ref_sink (g_variant_new (TEXT_TYPE, as_of, period, (guchar) self->compare, self->profile, &where));
  return g_variant_print (value, FALSE);
}

/**
 * qd_view_parse:
 * @text: what qd_view_to_string() gave
 *
 * Returns: (transfer full) (nullable): the view, `NULL` when @text is none
 */
QdView *
qd_view_parse (const char *text)
{
  g_autoptr (GVariant) value = g_variant_parse (G_VARIANT_TYPE (TEXT_TYPE), text, NULL, NULL, NULL);
  g_autoptr (GVariantIter) where = NULL;
  g_autoptr (QdView) view = qd_view_new ();
  const char *as_of, *period, *profile, *pair;
  guchar compare;

  if (value == NULL)
    return NULL;
  g_variant_get (value, "(&s&sy&sas)", &as_of, &period, &compare, &profile, &where);
  if (*as_of != '\0')
    {
      view->as_of = qd_month_parse_iso (as_of, -1);
      if (view->as_of == QD_MONTH_NONE)
        return NULL;
    }
  if (!qd_period_parse (period, &view->period, NULL) || compare > QD_COMPARE_PRIOR_YEAR)
    return NULL;
  view->compare = (QdCompare) compare;
  g_free (view->profile);
  view->profile = g_strdup (profile);
  while (g_variant_iter_next (where, "&s", &pair))
    {
      if (strchr (pair, '=') == NULL)
        return NULL;
      g_ptr_array_add (view->where, g_strdup (pair));
    }
  g_ptr_array_sort (view->where, compare_texts);
  return g_steal_pointer (&view);
}
