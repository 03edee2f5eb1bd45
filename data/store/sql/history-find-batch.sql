SELECT id FROM history_entry WHERE batch = :batch AND kind = 0 ORDER BY id DESC LIMIT 1
