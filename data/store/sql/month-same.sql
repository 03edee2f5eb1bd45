SELECT 1 FROM revenue_month WHERE account = :account AND month = :month AND product IS :product
  AND currency IS :currency AND id <> :id LIMIT 1 /*scan*/
