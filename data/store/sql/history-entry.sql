SELECT changes, shape FROM history_entry WHERE id = :id
