-- What would be redone: the newest undo in force, unless something new was done since. One that went with a redo has no key.
SELECT u.id, u.target, t.summary, u.shape FROM history_entry u LEFT JOIN history_entry t ON t.id = u.target
WHERE u.kind = 4 AND u.undone = 0 AND u.step IN (0, u.id)
  AND NOT EXISTS (SELECT 1 FROM history_entry n WHERE n.id > u.id AND n.kind < 4)
ORDER BY u.id DESC LIMIT 1
