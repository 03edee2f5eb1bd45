/*scan*/ DELETE FROM movement_event WHERE account IN (SELECT value FROM json_each (:accounts))
  AND batch IN (SELECT id FROM import_batch WHERE source = :source)
