SELECT id, external_id, name FROM product /*scan*/
