SELECT external_id, count (*) OVER () FROM subscription_line WHERE "end" IS NOT NULL AND "end" <= start
ORDER BY external_id LIMIT 5 /*scan*/
