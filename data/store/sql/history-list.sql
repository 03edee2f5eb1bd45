-- A step is one line: that of the entry that it is about. The last columns: how many others went with it; the line whose
-- undoing brings it back, where it is undone.
SELECT id, kind, time, batch, target, summary, undone, changes IS NOT NULL, shape,
       CASE step WHEN 0 THEN 0 ELSE (SELECT count(*) FROM history_entry o WHERE o.step = e.id) - 1 END,
       CASE undone WHEN 0 THEN 0 ELSE (SELECT max (CASE u.step WHEN 0 THEN u.id ELSE u.step END) FROM history_entry u
                                       WHERE u.kind = 4 AND u.target = e.id AND u.undone = 0) END
FROM history_entry e WHERE step IN (0, id) ORDER BY id DESC
