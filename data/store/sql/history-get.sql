SELECT kind, batch, target, summary, undone, shape, changes FROM history_entry WHERE id = :id
