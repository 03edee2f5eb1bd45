INSERT INTO movement_event (account, day, amount_num, amount_den, is_change, of_product, product, currency, kind,
  external_id, batch, line)
  SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, ?2, c10 FROM intake_feed (?1)
