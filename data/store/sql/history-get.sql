SELECT kind, batch, target, summary, undone, shape, changes, step FROM history_entry WHERE id = :id
