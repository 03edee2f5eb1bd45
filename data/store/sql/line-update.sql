UPDATE subscription_line SET account = :account, product = :product, start = :start, "end" = :end,
  amount_num = :amount_num, amount_den = :amount_den, currency = :currency, trial = :trial, quantity = :quantity,
  unit_price = :unit_price, interval = :interval, interval_count = :interval_count, discount = :discount,
  canceled_at = :canceled_at, notice_date = :notice_date, auto_renew = :auto_renew, term_months = :term_months
  WHERE id = :id
