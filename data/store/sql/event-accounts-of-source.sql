/*scan*/ SELECT DISTINCT account FROM movement_event WHERE batch IN (SELECT id FROM import_batch WHERE source = :source)
