/*scan*/ SELECT DISTINCT account FROM subscription_line WHERE batch IN (SELECT id FROM import_batch WHERE source = :source)
