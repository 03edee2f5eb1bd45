UPDATE revenue_month SET account = :account, month = :month, amount_num = :amount_num, amount_den = :amount_den,
  product = :product, currency = :currency WHERE id = :id
