SELECT external_id, count (*) OVER () FROM account WHERE implied = 1 ORDER BY external_id LIMIT 5 /*scan*/
