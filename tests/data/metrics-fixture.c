/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

#include <math.h>
#include <string.h>

Fixture *
fixture_new (const char *currency)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->builder = qd_book_builder_new ("Test", currency, 1);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->currencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static guint32
find_account (Fixture    *self,
              const char *id)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (self->accounts, id, NULL, &value))
    {
      fixture_account (self, id, NULL);
      value = g_hash_table_lookup (self->accounts, id);
    }
  return GPOINTER_TO_UINT (value);
}

static guint32
find_product (Fixture    *self,
              const char *id)
{
  gpointer value;

  if (id == NULL)
    return QD_BOOK_NONE;
  if (!g_hash_table_lookup_extended (self->products, id, NULL, &value))
    {
      value = GUINT_TO_POINTER (qd_book_builder_add_product (self->builder, id, id));
      g_hash_table_insert (self->products, g_strdup (id), value);
    }
  return GPOINTER_TO_UINT (value);
}

static guint16
find_currency (Fixture    *self,
               const char *code)
{
  gpointer value;

  if (code == NULL)
    return 0;
  if (!g_hash_table_lookup_extended (self->currencies, code, NULL, &value))
    {
      value = GUINT_TO_POINTER ((guint) qd_book_builder_add_currency (self->builder, code));
      g_hash_table_insert (self->currencies, g_strdup (code), value);
    }
  return (guint16) GPOINTER_TO_UINT (value);
}

static QdDay
parse_day (const char *text)
{
  QdDay day = qd_day_parse_iso (text, -1);

  g_assert_cmpint (day, !=, QD_DAY_NONE);
  return day;
}

void
fixture_account (Fixture    *self,
                 const char *id,
                 const char *parent)
{
  g_autofree char *name = g_strdup_printf ("Name of %s", id);
  guint32 account = qd_book_builder_add_account (self->builder, id, name, parent, QD_DAY_NONE, FALSE);

  g_hash_table_insert (self->accounts, g_strdup (id), GUINT_TO_POINTER (account));
}

void
fixture_value (Fixture    *self,
               const char *id,
               const char *dimension,
               const char *from,
               const char *value)
{
  qd_book_builder_set_value (self->builder, find_account (self, id), dimension,
                             from != NULL ? parse_day (from) : QD_DAY_NONE, value);
}

void
fixture_rate (Fixture    *self,
              const char *currency,
              const char *month,
              gint64      mantissa,
              guint8      scale)
{
  qd_book_builder_add_rate (self->builder, find_currency (self, currency), qd_month_parse_iso (month, -1),
                            (QdDecimal){ mantissa, scale });
}

void
fixture_event (Fixture    *self,
               const char *id,
               const char *day,
               gint64      level)
{
  fixture_event_full (self, id, day, level, 1, FALSE, FALSE, NULL, NULL);
}

void
fixture_event_full (Fixture    *self,
                    const char *id,
                    const char *day,
                    gint64      num,
                    gint64      den,
                    gboolean    change,
                    gboolean    of_product,
                    const char *product,
                    const char *currency)
{
  qd_book_builder_add_event (self->builder, find_account (self, id), parse_day (day), num, den, change, of_product,
                             find_currency (self, currency), find_product (self, product), 0);
}

void
fixture_line (Fixture    *self,
              const char *id,
              const char *start,
              const char *end,
              gint64      num,
              gint64      den,
              gboolean    trial,
              const char *product,
              const char *currency)
{
  qd_book_builder_add_line (self->builder, find_account (self, id), parse_day (start),
                            end != NULL ? parse_day (end) : QD_DAY_FOREVER, QD_DAY_NONE, num, den,
                            find_currency (self, currency), find_product (self, product), trial, 0);
}

void
fixture_snapshot (Fixture    *self,
                  const char *id,
                  const char *month,
                  gint64      level,
                  const char *product)
{
  qd_book_builder_add_snapshot (self->builder, find_account (self, id), qd_month_parse_iso (month, -1), level, 1, 0,
                                find_product (self, product), 0);
}

QdBook *
fixture_finish (Fixture *self)
{
  QdBook *book = qd_book_builder_finish (self->builder);

  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->currencies);
  g_free (self);
  return book;
}

QdScope *
make_scope (const char *choices,
            const char *period,
            const char *as_of,
            const char *where)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Test", 1);
  g_auto (GStrv) pairs = g_strsplit (choices, " ", -1);
  g_auto (GStrv) filters = g_strsplit (where, " ", -1);
  g_autoptr (GError) error = NULL;
  QdScope *scope;

  for (guint i = 0; pairs[i] != NULL; i++)
    if (*pairs[i] != '\0')
      {
        g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

        qd_profile_define (profile, pair[0], pair[1], &error);
        g_assert_no_error (error);
      }
  scope = qd_scope_new (profile);
  qd_period_parse (period, &scope->period, &error);
  g_assert_no_error (error);
  if (as_of != NULL)
    scope->as_of = qd_month_parse_iso (as_of, -1);
  for (guint i = 0; filters[i] != NULL; i++)
    if (*filters[i] != '\0')
      g_ptr_array_add (scope->where, g_strdup (filters[i]));
  return scope;
}

QdLedger *
make_ledger (QdBook        *book,
             const QdScope *scope)
{
  g_autoptr (GError) error = NULL;
  QdLedger *ledger = qd_ledger_new (book, scope->profile, NULL, &error);

  g_assert_no_error (error);
  return ledger;
}

QdMovement
get_movement (QdBook        *book,
              const QdScope *scope,
              const char    *by,
              const char    *group,
              const char    *month)
{
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdMovements) result = qd_movements_compute (ledger, scope, by, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < result->rows->len; i++)
    {
      QdMovement row = g_array_index (result->rows, QdMovement, i);

      assert_identity (&row);
      if (row.window.last == qd_month_parse_iso (month, -1) && g_strcmp0 (row.group, group) == 0)
        {
          row.group = NULL;
          return row;
        }
    }
  g_error ("no movements of %s in %s", group, month);
}

QdRetention
get_retention (QdBook        *book,
               const QdScope *scope,
               const char    *by,
               const char    *group,
               const char    *month)
{
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdRetentions) result = qd_retentions_compute (ledger, scope, by, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < result->rows->len; i++)
    {
      QdRetention row = g_array_index (result->rows, QdRetention, i);

      if (row.window.last == qd_month_parse_iso (month, -1) && g_strcmp0 (row.group, group) == 0)
        {
          row.group = NULL;
          return row;
        }
    }
  g_error ("no retention of %s in %s", group, month);
}

QdFigure
get_figure (QdBook        *book,
            const QdScope *scope,
            const char    *id)
{
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { id, NULL };
  g_autoptr (QdFigures) result = qd_figures_compute (ledger, scope, ids, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->rows->len, ==, 1);
  return g_array_index (result->rows, QdFigure, 0);
}

void
assert_identity (const QdMovement *row)
{
  g_assert_cmpint (row->closing, ==,
                   row->opening + row->new_business + row->reactivation + row->expansion - row->contraction - row->churn
                       + row->fx + row->transfer_in - row->transfer_out);
  g_assert_cmpint (MIN (MIN (row->new_business, row->reactivation), MIN (row->expansion, row->contraction)), >=, 0);
  g_assert_cmpint (MIN (MIN (row->churn, row->transfer_in), row->transfer_out), >=, 0);
}

void
assert_rate (QdRate rate,
             double expected)
{
  g_assert_true (rate.defined);
  if (fabs (rate.value - expected) > 1e-9)
    g_error ("%.12g is not %.12g", rate.value, expected);
}

static void
add_random_events (Fixture    *fixture,
                   GRand      *random,
                   const char *id)
{
  static const char *const products[] = { NULL, "Core", "Plus" };
  gboolean of_product = g_rand_boolean (random), change = g_rand_int_range (random, 0, 4) == 0;
  const char *currency = g_rand_int_range (random, 0, 5) == 0 ? "JPY" : NULL;
  gint64 levels[3] = { 0 };
  QdDay day = qd_day_from_ymd (2023, 1, 1) + g_rand_int_range (random, 0, 500);

  for (int i = g_rand_int_range (random, 1, 9); i > 0; i--)
    {
      int product = g_rand_int_range (random, 0, 3), slot = of_product ? product : 0;
      gint64 level = g_rand_int_range (random, 0, 3) == 0 ? 0 : g_rand_int_range (random, 1, 50000);
      gint64 amount = change ? level - levels[slot] : level;
      g_autofree char *text = qd_day_to_iso (day);

      if (!change || amount != 0)
        fixture_event_full (fixture, id, text, amount, 1, change, of_product, products[product], currency);
      levels[slot] = level;
      /* Every third follows on the same day, others within some months. */
      day += g_rand_int_range (random, 0, 3) == 0 ? 0 : g_rand_int_range (random, 1, 120);
    }
}

static void
add_random_lines (Fixture    *fixture,
                  GRand      *random,
                  const char *id)
{
  static const char *const products[] = { NULL, "Core", "Plus", "Service" };
  static const char *const currencies[] = { NULL, NULL, "EUR", "KWD", "JPY" };

  for (int i = g_rand_int_range (random, 1, 6); i > 0; i--)
    {
      QdDay day = qd_day_from_ymd (2023, 1, 1) + g_rand_int_range (random, 0, 900);
      g_autofree char *start = qd_day_to_iso (day);
      g_autofree char *end = qd_day_to_iso (day + g_rand_int_range (random, 0, 400));

      fixture_line (fixture, id, start, g_rand_boolean (random) ? end : NULL,
                    g_rand_int_range (random, 0, 6) == 0 ? 0 : g_rand_int_range (random, 1, 100000),
                    g_rand_boolean (random) ? 1 : 12, g_rand_int_range (random, 0, 5) == 0,
                    products[g_rand_int_range (random, 0, 4)], currencies[g_rand_int_range (random, 0, 5)]);
    }
}

static void
add_random_snapshots (Fixture    *fixture,
                      GRand      *random,
                      const char *id)
{
  QdMonth month = qd_month_from_ym (2023, 1 + g_rand_int_range (random, 0, 12));

  for (int i = g_rand_int_range (random, 1, 20); i > 0; i--)
    {
      g_autofree char *text = qd_month_to_iso (month);

      fixture_snapshot (fixture, id, text, g_rand_int_range (random, 0, 5) == 0 ? 0 : g_rand_int_range (random, 1, 9999),
                        g_rand_boolean (random) ? "Core" : NULL);
      month += g_rand_int_range (random, 0, 6) == 0 ? 3 : 1;
    }
}

QdBook *
make_random_book (guint32  seed,
                  gboolean snapshots)
{
  static const char *const segments[] = { "Enterprise", "Mid", "SMB", "" };
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Fixture *fixture = fixture_new ("USD");

  for (int i = 0; i < 24; i++)
    {
      g_autofree char *month = qd_month_to_iso (qd_month_from_ym (2023, 1) + i);

      fixture_rate (fixture, "EUR", month, 10500 + g_rand_int_range (random, 0, 900), 4);
      fixture_rate (fixture, "JPY", month, 680 + g_rand_int_range (random, 0, 50), 5);
      if (i % 3 == 0)
        fixture_rate (fixture, "KWD", month, 3250 + g_rand_int_range (random, 0, 50), 3);
    }
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("A%02d", i);
      g_autofree char *parent = i > 10 && i % 5 == 0 ? g_strdup_printf ("A%02d", i - g_rand_int_range (random, 1, 10)) : NULL;

      fixture_account (fixture, id, parent);
      fixture_value (fixture, id, "segment", NULL, segments[g_rand_int_range (random, 0, 4)]);
      if (g_rand_boolean (random))
        fixture_value (fixture, id, "segment", "2024-03-10", segments[g_rand_int_range (random, 0, 4)]);
      if (g_rand_boolean (random))
        fixture_value (fixture, id, "segment", "2024-08-31", segments[g_rand_int_range (random, 0, 4)]);
      fixture_value (fixture, id, "region", NULL, g_rand_boolean (random) ? "North" : "South");
      if (i % 3 == 0)
        add_random_events (fixture, random, id);
      else if (snapshots && i % 3 == 1)
        add_random_snapshots (fixture, random, id);
      else
        add_random_lines (fixture, random, id);
    }
  return fixture_finish (fixture);
}
