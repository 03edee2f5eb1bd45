SELECT a.external_id FROM movement_event e JOIN account a ON a.id = e.account WHERE e.id = :id
