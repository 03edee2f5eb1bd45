/*scan*/ SELECT id, account, day, amount_num, amount_den, product, currency, is_change, of_product, kind, external_id
  FROM movement_event ORDER BY id
