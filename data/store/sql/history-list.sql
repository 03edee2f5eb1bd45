-- A step is one line: that of the entry that it is about. The last column: how many others went with it.
SELECT id, kind, time, batch, target, summary, undone, changes IS NOT NULL, shape,
       CASE step WHEN 0 THEN 0 ELSE (SELECT count(*) FROM history_entry o WHERE o.step = e.id) - 1 END
FROM history_entry e WHERE step IN (0, id) ORDER BY id DESC
