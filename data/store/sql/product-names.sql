SELECT external_id FROM product ORDER BY external_id LIMIT 6
