SELECT id, kind, time, batch, target, summary, undone, changes IS NOT NULL, shape FROM history_entry ORDER BY id DESC
