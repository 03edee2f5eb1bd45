UPDATE import_batch SET undone = :undone WHERE id = :id
