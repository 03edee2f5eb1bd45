INSERT INTO movement_event (account, day, amount_num, line, kind, external_id, batch)
  SELECT c0, c1, c2, c3, c4, c5, ?2 FROM intake_feed (?1)
