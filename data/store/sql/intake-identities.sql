SELECT external_id, account FROM account_identity WHERE source = :source
