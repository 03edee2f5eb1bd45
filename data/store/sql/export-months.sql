/*scan*/ SELECT a.external_id, r.month, r.amount_num, r.amount_den, r.currency, p.external_id
  FROM revenue_month r JOIN account a ON a.id = r.account LEFT JOIN product p ON p.id = r.product ORDER BY r.id
