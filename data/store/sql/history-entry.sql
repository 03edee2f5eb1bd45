-- With what was undone or redone together with it.
SELECT changes, shape FROM history_entry WHERE id = :id OR step = :id ORDER BY id
