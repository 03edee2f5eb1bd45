SELECT id FROM account WHERE external_id = :external_id
