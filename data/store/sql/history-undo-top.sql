-- What would be undone: the change that came into force last, be it done or redone. What was redone as a step is that step.
SELECT CASE WHEN r.step > 0 THEN r.step ELSE e.id END,
       CASE WHEN r.step > 0 THEN (SELECT t.summary FROM history_entry l JOIN history_entry t ON t.id = l.target WHERE l.id = r.step)
       ELSE e.summary END,
       e.shape
FROM history_entry e
LEFT JOIN history_entry r ON r.id = (SELECT max (x.id) FROM history_entry x WHERE x.kind = 5 AND x.target = e.id)
WHERE e.kind < 4 AND e.undone = 0 AND (e.changes IS NOT NULL OR e.batch <> 0)
ORDER BY coalesce (r.id, e.id) DESC LIMIT 1
