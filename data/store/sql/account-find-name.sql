SELECT id FROM account WHERE name = :name LIMIT 2 /*scan*/
