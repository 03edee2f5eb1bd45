SELECT id, time, kind, source, sha256, rows, imported, merged, unchanged, rejected, undone, file FROM import_batch ORDER BY id
