SELECT id, account, month, amount_num, amount_den, product, currency, batch, line FROM revenue_month WHERE id = :id
