SELECT count (*) OVER (), external_id, external_id, name FROM account WHERE implied = 1
ORDER BY external_id LIMIT ?1 /*scan*/
