/*scan*/ DELETE FROM revenue_month WHERE batch IN (SELECT id FROM import_batch WHERE source = :source)
