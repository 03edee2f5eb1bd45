SELECT id, account, day, amount_num, amount_den, product, currency, batch, line, is_change, of_product, kind, external_id
  FROM movement_event WHERE id = :id
