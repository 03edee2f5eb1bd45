/*scan*/ SELECT id, external_id, implied FROM product
