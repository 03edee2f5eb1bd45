UPDATE history_entry SET shape = :shape, changes = :changes WHERE id = :id
