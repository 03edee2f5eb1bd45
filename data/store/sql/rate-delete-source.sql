/*scan*/ DELETE FROM fx_rate WHERE batch IN (SELECT id FROM import_batch WHERE source = :source)
