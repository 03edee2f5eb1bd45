-- Older entries than :id that were undone after it was made, the newest first.
SELECT f.changes FROM history_entry f
WHERE f.id < :id AND f.kind < 4 AND f.undone = 1 AND f.changes IS NOT NULL
  AND EXISTS (SELECT 1 FROM history_entry u WHERE u.kind = 4 AND u.target = f.id AND u.undone = 0 AND u.id > :id)
ORDER BY f.id DESC
