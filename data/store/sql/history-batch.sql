UPDATE history_entry SET batch = :batch WHERE id = :id
