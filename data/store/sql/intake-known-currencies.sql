SELECT 'currency', value, NULL FROM setting WHERE key = 'currency'
UNION SELECT 'currency', currency, NULL FROM fx_rate /*scan*/
