UPDATE product SET name = :name, implied = 0, batch = :batch, line = :line WHERE id = :id
