SELECT 1 FROM import_batch WHERE id = :id
