-- A step is one line: that of the entry that it is about. The last columns: how many others went with it; the line whose
-- undoing brings it back, where it is undone. The step lies behind the changes in the file: it is read once.
WITH entry AS MATERIALIZED (
  SELECT id, kind, time, batch, target, summary, undone, changes IS NOT NULL AS changed, shape, step FROM history_entry
)
SELECT e.id, e.kind, e.time, e.batch, e.target, e.summary, e.undone, e.changed, e.shape,
       CASE e.step WHEN 0 THEN 0 ELSE s.entries - 1 END, CASE e.undone WHEN 0 THEN 0 ELSE u.line END
FROM entry e
LEFT JOIN (SELECT step, count(*) AS entries FROM entry WHERE step <> 0 GROUP BY step) s ON s.step = e.id
LEFT JOIN (SELECT target, max (CASE step WHEN 0 THEN id ELSE step END) AS line FROM entry WHERE kind = 4 AND undone = 0
           GROUP BY target) u ON u.target = e.id
WHERE e.step IN (0, e.id) ORDER BY e.id DESC
