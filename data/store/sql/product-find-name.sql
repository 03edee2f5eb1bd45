SELECT id FROM product WHERE name = :name LIMIT 2 /*scan*/
