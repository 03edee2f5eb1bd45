UPDATE history_entry SET summary = :summary WHERE id = :id
