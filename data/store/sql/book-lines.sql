SELECT id, account, start, "end", canceled_at, amount_num, amount_den, currency, product, trial
FROM subscription_line /*scan*/
