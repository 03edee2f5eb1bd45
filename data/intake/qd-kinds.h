/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of the fields in each kind's table, in the table's order.
 */
#pragma once

#include "qd-import.h"

G_BEGIN_DECLS

#define QD_MAX_FIELDS 32

/* The first of every kind but fx and products. */
enum
{
  QD_ACCOUNT_ID,
  QD_ACCOUNT_NAME,
  QD_ACCOUNT_PARENT,
  QD_ACCOUNT_DOMAIN, /* from here to QD_ACCOUNT_FIT: plain attributes */
  QD_ACCOUNT_SEGMENT,
  QD_ACCOUNT_REGION,
  QD_ACCOUNT_COUNTRY,
  QD_ACCOUNT_INDUSTRY,
  QD_ACCOUNT_CSM,
  QD_ACCOUNT_TOUCH,
  QD_ACCOUNT_STAGE,
  QD_ACCOUNT_SIGNUP,
  QD_ACCOUNT_SALES_REP,
  QD_ACCOUNT_CHANNEL,
  QD_ACCOUNT_SOURCE,
  QD_ACCOUNT_DISCOUNT_BAND,
  QD_ACCOUNT_CURRENCY,
  QD_ACCOUNT_SEATS,
  QD_ACCOUNT_EMPLOYEES,
  QD_ACCOUNT_FIT,
  QD_ACCOUNT_VALID_FROM,
};

enum
{
  QD_PRODUCT_ID,
  QD_PRODUCT_NAME,
};

enum
{
  QD_LINE_ID,
  QD_LINE_ACCOUNT,
  QD_LINE_START,
  QD_LINE_END,
  QD_LINE_MRR,
  QD_LINE_ARR,
  QD_LINE_QUANTITY,
  QD_LINE_UNIT_PRICE,
  QD_LINE_INTERVAL,
  QD_LINE_INTERVAL_COUNT,
  QD_LINE_DISCOUNT,
  QD_LINE_DISCOUNT_UNIT,
  QD_LINE_PRODUCT,
  QD_LINE_CURRENCY,
  QD_LINE_TRIAL,
  QD_LINE_CANCELED,
  QD_LINE_NOTICE,
  QD_LINE_AUTO_RENEW,
  QD_LINE_TERM,
};

enum
{
  QD_MRR_ACCOUNT,
  QD_MRR_MONTH,
  QD_MRR_MRR,
  QD_MRR_PRODUCT,
  QD_MRR_CURRENCY,
};

enum
{
  QD_EVENT_ID,
  QD_EVENT_ACCOUNT,
  QD_EVENT_DATE,
  QD_EVENT_MRR_AFTER,
  QD_EVENT_CHANGE,
  QD_EVENT_AMOUNT,
  QD_EVENT_KIND,
  QD_EVENT_PRODUCT,
  QD_EVENT_CURRENCY,
  QD_EVENT_LEVEL_OF,
};

enum
{
  QD_FX_CURRENCY,
  QD_FX_RATE,
  QD_FX_MONTH,
  QD_FX_SET,
};

extern const QdKind qd_kind_accounts, qd_kind_products, qd_kind_subscriptions, qd_kind_mrr, qd_kind_movements, qd_kind_fx;

int qd_kind_find_field (const QdKind *kind, const char *name);

G_END_DECLS
