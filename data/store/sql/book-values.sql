SELECT account, field, valid_from, value FROM account_value /*scan*/
