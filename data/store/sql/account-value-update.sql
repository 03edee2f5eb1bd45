UPDATE account_value SET value = :value WHERE account = :account AND field = :field AND valid_from = :valid_from
