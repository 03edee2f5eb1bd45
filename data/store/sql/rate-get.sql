SELECT mantissa, scale FROM fx_rate WHERE set_name = :set_name AND currency = :currency AND month = :month
