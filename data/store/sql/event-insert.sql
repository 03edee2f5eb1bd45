INSERT INTO movement_event (account, day, amount_num, line, kind, external_id, amount_den, product, currency, is_change,
  of_product, batch)
  SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, ?2 FROM intake_feed (?1)
