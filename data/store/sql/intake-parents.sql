SELECT id, parent FROM account WHERE parent IS NOT NULL
