SELECT id, account, product, start, "end", amount_num, amount_den, currency, trial, quantity, unit_price, interval,
  interval_count, discount, canceled_at, notice_date, auto_renew, term_months FROM subscription_line WHERE external_id = :external_id
