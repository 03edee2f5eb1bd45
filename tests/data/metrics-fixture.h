/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small books for tests of metrics, written down in a few lines.
 */
#pragma once

#include "data/metrics/qd-catalogue.h"

typedef struct
{
  QdBookBuilder *builder;
  GHashTable *accounts, *products, *currencies;
} Fixture;

Fixture *fixture_new (const char *currency);
void fixture_account (Fixture *self, const char *id, const char *parent);
void fixture_value (Fixture *self, const char *id, const char *dimension, const char *from, const char *value);
void fixture_rate (Fixture *self, const char *currency, const char *month, gint64 mantissa, guint8 scale);
/* Amounts in minor units; dates ISO, NULL: open; product and currency may be NULL. An unknown account is added. */
void fixture_event (Fixture *self, const char *id, const char *day, gint64 level);
void fixture_event_full (Fixture *self, const char *id, const char *day, gint64 num, gint64 den, gboolean change,
                         gboolean of_product, const char *product, const char *currency);
void fixture_line (Fixture *self, const char *id, const char *start, const char *end, gint64 num, gint64 den,
                   gboolean trial, const char *product, const char *currency);
void fixture_snapshot (Fixture *self, const char *id, const char *month, gint64 level, const char *product);
QdBook *fixture_finish (Fixture *self);

/* A scope from texts: choices "netting=day fx=month_end", filter "segment=A product=P" (both may be ""). */
QdScope *make_scope (const char *choices, const char *period, const char *as_of, const char *where);
QdLedger *make_ledger (QdBook *book, const QdScope *scope);

/* One row, computed afresh; the test fails when there is none. */
QdMovement get_movement (QdBook *book, const QdScope *scope, const char *by, const char *group, const char *month);
QdRetention get_retention (QdBook *book, const QdScope *scope, const char *by, const char *group, const char *month);
QdFigure get_figure (QdBook *book, const QdScope *scope, const char *id);

void assert_identity (const QdMovement *row);
void assert_rate (QdRate rate, double expected);
#define assert_undefined(rate) g_assert_false ((rate).defined)

/* A book with everything in it: returns, several changes a day, trials, zero amounts, overlapping lines, parents,
 * products, dated segments, foreign currencies. Deterministic in @seed; snapshots only when asked. */
QdBook *make_random_book (guint32 seed, gboolean snapshots);
