INSERT INTO revenue_month (account, month, amount_num, line, amount_den, product, currency, batch)
  SELECT c0, c1, c2, c3, c6, c7, c8, ?2 FROM intake_feed (?1)
