-- What would be undone: the newest change in force.
SELECT id, summary, shape FROM history_entry
WHERE kind < 4 AND undone = 0 AND (changes IS NOT NULL OR batch <> 0)
ORDER BY id DESC LIMIT 1
