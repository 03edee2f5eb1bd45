INSERT INTO product (id, external_id, name, implied, batch, line)
  SELECT c0, c1, c1, 1, ?2, c2 FROM intake_feed (?1)
