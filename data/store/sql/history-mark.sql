UPDATE history_entry SET undone = :undone WHERE id = :id
