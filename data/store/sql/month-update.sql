UPDATE revenue_month SET account = ?1, month = ?2, amount_num = ?3, amount_den = ?4, product = ?5, currency = ?6
  WHERE id = ?7
