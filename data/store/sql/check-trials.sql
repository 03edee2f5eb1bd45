SELECT l.external_id, count (*) OVER () FROM subscription_line l
WHERE l.trial = 1 AND l.amount_num > 0 ORDER BY l.external_id LIMIT 5 /*scan*/
