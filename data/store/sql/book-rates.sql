-- In order of the primary key: set, currency, month.
SELECT set_name, currency, month, mantissa, scale, batch FROM fx_rate /*scan*/
