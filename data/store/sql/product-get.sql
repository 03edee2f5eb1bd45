SELECT name, implied, batch FROM product WHERE id = :id
