SELECT currency, count (*) OVER () FROM (SELECT DISTINCT currency FROM (
  SELECT currency FROM subscription_line UNION SELECT currency FROM revenue_month UNION SELECT currency FROM movement_event)
WHERE currency IS NOT NULL AND currency <> (SELECT value FROM setting WHERE key = 'currency')
  AND currency NOT IN (SELECT currency FROM fx_rate)
) ORDER BY currency LIMIT 5 /*scan*/
