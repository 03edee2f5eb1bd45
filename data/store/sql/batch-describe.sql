SELECT kind, file FROM import_batch WHERE id = :id
