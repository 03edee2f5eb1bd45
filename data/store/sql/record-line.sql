SELECT l.external_id, p.name, l.start, l."end", l.amount_num, l.amount_den, l.currency, l.trial, l.canceled_at,
  l.batch, b.file, l.line
FROM subscription_line l LEFT JOIN product p ON p.id = l.product LEFT JOIN import_batch b ON b.id = l.batch
WHERE l.id = :id
