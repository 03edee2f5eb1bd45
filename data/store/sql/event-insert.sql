INSERT INTO movement_event (account, day, amount_num, amount_den, is_change, of_product, product, currency, kind,
  external_id, batch, line)
  VALUES (:account, :day, :amount_num, :amount_den, :is_change, :of_product, :product, :currency, :kind, :external_id,
  :batch, :line)
