SELECT external_id, name FROM product WHERE id = :id
