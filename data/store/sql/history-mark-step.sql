UPDATE history_entry SET step = :step WHERE id BETWEEN :first AND :last
