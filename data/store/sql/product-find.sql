SELECT id FROM product WHERE external_id = :external_id
