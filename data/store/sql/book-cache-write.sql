INSERT INTO cache (key, version, body) VALUES (:key, :version, :body)
