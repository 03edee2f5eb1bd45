/*scan*/ SELECT id, account, day, amount_num, amount_den, is_change, of_product, product, currency, kind, external_id
  FROM movement_event ORDER BY id
