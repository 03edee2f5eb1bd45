SELECT external_id, domain FROM account WHERE domain IS NOT NULL /*scan*/
