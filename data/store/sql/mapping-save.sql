INSERT INTO mapping (name, kind, header_set, body) VALUES (:name, :kind, :header_set, :body)
  ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, header_set = excluded.header_set, body = excluded.body
