SELECT field, valid_from, value, batch FROM account_value WHERE account = :account ORDER BY field, valid_from
