SELECT options FROM import_batch WHERE id = :batch
