SELECT 1 FROM fx_rate WHERE currency = :currency LIMIT 1 /*scan*/
