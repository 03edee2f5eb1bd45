SELECT a.external_id FROM revenue_month r JOIN account a ON a.id = r.account WHERE r.id = :id
