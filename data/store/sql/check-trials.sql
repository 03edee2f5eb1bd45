SELECT count (*) OVER (), l.external_id, a.external_id, a.name, l.external_id, p.name, l.start, l."end",
       l.amount_num * 1.0 / l.amount_den, l.currency
FROM subscription_line l JOIN account a ON a.id = l.account LEFT JOIN product p ON p.id = l.product
WHERE l.trial = 1 AND l.amount_num > 0
ORDER BY l.external_id LIMIT ?1 /*scan*/
