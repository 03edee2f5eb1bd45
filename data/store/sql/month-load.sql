/*scan*/ SELECT id, account, month, product, currency, amount_num, amount_den FROM revenue_month
