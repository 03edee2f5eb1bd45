SELECT e.external_id, p.name, e.day, e.amount_num, e.amount_den, e.is_change, e.currency, e.kind, e.batch, b.file, e.line
FROM movement_event e LEFT JOIN product p ON p.id = e.product LEFT JOIN import_batch b ON b.id = e.batch
WHERE e.id = :id
