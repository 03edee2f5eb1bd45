/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample company: who its customers are and what happens to them. All
 * draws are integers from one stream, so that every machine gets the same.
 */
#pragma once

#include <gsl/gsl_rng.h>

#include "../base/qd-money.h"
#include "qd-sample.h"

G_BEGIN_DECLS

typedef enum { QD_SAMPLE_SMB, QD_SAMPLE_MID, QD_SAMPLE_ENTERPRISE, QD_SAMPLE_N_SEGMENTS } QdSampleSegment;
typedef enum { QD_SAMPLE_USD, QD_SAMPLE_EUR, QD_SAMPLE_GBP, QD_SAMPLE_JPY, QD_SAMPLE_N_CURRENCIES } QdSampleCurrency;

typedef struct
{
  const char *name;
  const char *region;
  QdSampleCurrency currency;
  guint weight;
} QdSampleCountry;

typedef struct
{
  const char *id;
  const char *name;
  guint price[QD_SAMPLE_N_SEGMENTS];   /* US cents a seat and month; 0: not sold to that segment */
  guint appeal;                        /* weight among add-ons; 0: the core product */
} QdSampleProduct;

typedef struct
{
  guint product;
  guint quantity;
  gint64 price;         /* minor units a unit and interval */
  QdDay start;
  QdDay end;            /* QD_DAY_FOREVER: none */
  QdDay canceled;
  gboolean trial;
} QdSampleLine;

typedef struct
{
  guint number;         /* from 0 */
  guint parent;         /* number + 1, 0: none */
  char *name;
  QdSampleSegment segment;
  const QdSampleCountry *country;
  const char *industry;
  const char *channel;
  const char *source;
  const char *stage;
  guint discount;       /* percent */
  guint seats;
  guint employees;
  guint interval;       /* months: 1, 3, 12 */
  QdDay signup;
  GArray *lines;        /* QdSampleLine */
} QdSampleAccount;

typedef struct
{
  gsl_rng *rng;
  QdMonth first;
  QdMonth last;
  guint n_accounts;
  GHashTable *names;    /* taken ones */
} QdSampleCompany;

extern const QdSampleCountry qd_sample_countries[];
extern const guint qd_sample_n_countries;
extern const QdSampleProduct qd_sample_products[];
extern const guint qd_sample_n_products;
extern const char *const qd_sample_currency_codes[QD_SAMPLE_N_CURRENCIES];
extern const char *const qd_sample_segment_names[QD_SAMPLE_N_SEGMENTS];

/* A number from 0 to n − 1; whether something of @ppm parts in a million happens. */
guint qd_sample_draw (gsl_rng *rng, guint n);

char *qd_sample_company_name (QdSampleCompany *company);
char *qd_sample_person_name (guint number);

/* The life of one account from @month on. */
void qd_sample_account_init (QdSampleAccount *account, QdSampleCompany *company, guint number, QdMonth month,
                             const QdSampleAccount *parent);
void qd_sample_account_live (QdSampleAccount *account, QdSampleCompany *company, QdMonth month);
void qd_sample_account_clear (QdSampleAccount *account);

G_END_DECLS
