SELECT p.name, r.month, r.amount_num, r.amount_den, r.currency, r.batch, b.file, r.line
FROM revenue_month r LEFT JOIN product p ON p.id = r.product LEFT JOIN import_batch b ON b.id = r.batch
WHERE r.id = :id
