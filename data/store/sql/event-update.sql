UPDATE movement_event SET account = ?1, day = ?2, amount_num = ?3, amount_den = ?4, product = ?5, currency = ?6,
  is_change = ?8, of_product = ?9, kind = ?10 WHERE id = ?7
