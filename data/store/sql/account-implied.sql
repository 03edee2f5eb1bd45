INSERT INTO account (id, external_id, name, implied, batch, line) VALUES (:id, :external_id, :external_id, 1, :batch, :line)
