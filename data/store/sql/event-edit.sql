UPDATE movement_event SET account = :account, day = :day, amount_num = :amount_num, amount_den = :amount_den,
  product = :product, currency = :currency, is_change = :is_change, of_product = :of_product, kind = :kind WHERE id = :id
