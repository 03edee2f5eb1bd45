/*scan*/ SELECT e.external_id, a.external_id, e.day, e.amount_num, e.amount_den, e.currency, e.is_change, e.of_product,
  e.kind, p.external_id
  FROM movement_event e JOIN account a ON a.id = e.account LEFT JOIN product p ON p.id = e.product ORDER BY e.id
