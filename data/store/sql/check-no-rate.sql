SELECT count (*) OVER (), currency, currency, n FROM (SELECT currency, count (*) AS n FROM (
  SELECT currency FROM subscription_line UNION ALL SELECT currency FROM revenue_month
  UNION ALL SELECT currency FROM movement_event)
WHERE currency IS NOT NULL AND currency <> (SELECT value FROM setting WHERE key = 'currency')
  AND currency NOT IN (SELECT currency FROM fx_rate)
GROUP BY currency) ORDER BY currency LIMIT ?1 /*scan*/
