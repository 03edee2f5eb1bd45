/*scan*/ SELECT 'product', external_id, name FROM product WHERE implied = 0 ORDER BY external_id LIMIT 501
