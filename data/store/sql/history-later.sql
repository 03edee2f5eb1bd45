-- Entries after :id that are in force and have changes: edits by themselves, redone ones for what they brought back. What
-- was redone before :id itself was came before it then, too.
SELECT e.id, CASE e.kind WHEN 5 THEN e.target ELSE e.id END, e.batch,
       (SELECT o.summary FROM history_entry o WHERE o.id = CASE e.kind WHEN 5 THEN e.target ELSE e.id END), e.changes
FROM history_entry e
WHERE e.id > :id AND e.changes IS NOT NULL
  AND (e.kind < 4 AND e.undone = 0
       OR :redone AND e.kind = 5 AND e.target <> :id AND EXISTS (SELECT 1 FROM history_entry t WHERE t.id = e.target AND t.undone = 0)
          AND e.id > (SELECT coalesce (max (r.id), 0) FROM history_entry r WHERE r.kind = 5 AND r.target = :id))
ORDER BY e.id
