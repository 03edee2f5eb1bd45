SELECT id, account, month, amount_num, amount_den, currency, product FROM revenue_month /*scan*/
