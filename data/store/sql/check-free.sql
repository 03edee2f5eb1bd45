SELECT external_id, count (*) OVER () FROM subscription_line WHERE trial = 0 AND amount_num = 0
ORDER BY external_id LIMIT 5 /*scan*/
