INSERT INTO revenue_month (account, month, amount_num, line, batch)
  SELECT c0, c1, c2, c3, ?2 FROM intake_feed (?1)
