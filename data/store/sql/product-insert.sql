INSERT INTO product (id, external_id, name, implied, batch, line) VALUES (:id, :external_id, :name, 0, :batch, :line)
