/*scan*/ SELECT id, account, month, amount_num, amount_den, product, currency FROM revenue_month ORDER BY id
