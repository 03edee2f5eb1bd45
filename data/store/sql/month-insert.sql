INSERT INTO revenue_month (account, month, product, currency, amount_num, amount_den, batch, line)
  VALUES (:account, :month, :product, :currency, :amount_num, :amount_den, :batch, :line)
