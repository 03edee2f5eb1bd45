INSERT INTO revenue_month (account, month, amount_num, amount_den, product, currency)
  VALUES (:account, :month, :amount_num, :amount_den, :product, :currency)
