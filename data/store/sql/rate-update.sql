UPDATE fx_rate SET mantissa = :mantissa, scale = :scale WHERE set_name = :set_name AND currency = :currency AND month = :month
