SELECT l.batch, b.file, l.line FROM subscription_line l LEFT JOIN import_batch b ON b.id = l.batch WHERE l.id = :id
