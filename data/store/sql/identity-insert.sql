INSERT OR IGNORE INTO account_identity (source, external_id, account, batch) VALUES (:source, :external_id, :account, :batch)
