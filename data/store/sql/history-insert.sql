INSERT INTO history_entry (kind, time, batch, target, summary) VALUES (:kind, :time, :batch, :target, :summary)
