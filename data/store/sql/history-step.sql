-- What takes the step :step back, in order: undos of it that are redone, entries that it redid and that are undone again.
SELECT CASE e.kind WHEN 5 THEN e.target ELSE e.id END FROM history_entry e
WHERE e.step = :step
  AND NOT EXISTS (SELECT 1 FROM history_entry t WHERE t.id = CASE e.kind WHEN 5 THEN e.target ELSE e.id END AND t.undone = 1)
ORDER BY e.id DESC
