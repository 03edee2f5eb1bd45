INSERT INTO account_value (account, field, valid_from, value, batch, line)
  VALUES (:account, :field, :valid_from, :value, :batch, :line)
