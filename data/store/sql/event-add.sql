INSERT INTO movement_event (account, day, amount_num, amount_den, product, currency, is_change, of_product, kind)
  VALUES (:account, :day, :amount_num, :amount_den, :product, :currency, :is_change, :of_product, :kind)
