UPDATE movement_event SET account = :account, day = :day, amount_num = :amount_num, amount_den = :amount_den,
  is_change = :is_change, of_product = :of_product, product = :product, currency = :currency, kind = :kind WHERE id = :id
