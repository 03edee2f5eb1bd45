SELECT of_product, CASE of_product WHEN 1 THEN product END AS of, currency, day, amount_num, amount_den, is_change
  FROM movement_event WHERE account = :account ORDER BY of_product, of, currency, day, id /*scan*/
