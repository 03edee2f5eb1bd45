INSERT OR IGNORE INTO account_identity (source, external_id, account, batch)
  SELECT ?3, c1, c0, ?2 FROM intake_feed (?1)
