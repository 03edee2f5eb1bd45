SELECT book_fact (?1, id, account, month, amount_num, amount_den, currency, product) FROM revenue_month /*scan*/
