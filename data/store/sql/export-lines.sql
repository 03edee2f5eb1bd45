/*scan*/ SELECT l.external_id, a.external_id, l.start, l."end", l.amount_num, l.amount_den, l.currency, l.quantity,
  l.unit_price, l.interval, l.interval_count, l.discount, p.external_id, l.trial, l.canceled_at, l.notice_date,
  l.auto_renew, l.term_months
  FROM subscription_line l JOIN account a ON a.id = l.account LEFT JOIN product p ON p.id = l.product ORDER BY l.id
