INSERT INTO revenue_month (account, month, product, currency, amount_num, amount_den, batch, line)
  SELECT c0, c1, c2, c3, c4, c5, ?2, c6 FROM intake_feed (?1)
