/*scan*/ SELECT field, max (valid_from) <> -2147483648 FROM account_value GROUP BY field ORDER BY field
