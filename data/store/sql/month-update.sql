UPDATE revenue_month SET amount_num = :amount_num, amount_den = :amount_den WHERE id = :id
