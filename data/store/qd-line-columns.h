/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A subscription line as it is stored: columns of line-get after the id,
 * parameters of line-insert after the external id and of line-update.
 */
#pragma once

enum
{
  QD_STORED_ACCOUNT,
  QD_STORED_PRODUCT,
  QD_STORED_START,
  QD_STORED_END,
  QD_STORED_AMOUNT_NUM,
  QD_STORED_AMOUNT_DEN,
  QD_STORED_CURRENCY,
  QD_STORED_TRIAL,
  QD_STORED_QUANTITY,
  QD_STORED_UNIT_PRICE,
  QD_STORED_INTERVAL,
  QD_STORED_INTERVAL_COUNT,
  QD_STORED_DISCOUNT,
  QD_STORED_CANCELED_AT,
  QD_STORED_NOTICE_DATE,
  QD_STORED_AUTO_RENEW,
  QD_STORED_TERM_MONTHS,
  QD_STORED_N_VALUES,
};
