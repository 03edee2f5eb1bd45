SELECT 1 FROM account_value WHERE field = :field LIMIT 1 /*scan*/
