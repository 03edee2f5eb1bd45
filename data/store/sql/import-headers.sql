SELECT headers, options FROM import_batch WHERE id = :batch
