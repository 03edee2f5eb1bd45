INSERT INTO fx_rate (set_name, currency, month, mantissa, scale, batch, line)
  VALUES (:set_name, :currency, :month, :mantissa, :scale, :batch, :line)
