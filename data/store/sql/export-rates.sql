/*scan*/ SELECT currency, mantissa, scale, month, set_name FROM fx_rate ORDER BY set_name, currency, month
