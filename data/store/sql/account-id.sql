SELECT external_id, name FROM account WHERE id = :id
