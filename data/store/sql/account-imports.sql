-- Which import brought revenue of which account.
SELECT a.external_id, b.id, b.time, b.kind, b.file
FROM import_batch b
JOIN (
  SELECT DISTINCT account, batch FROM subscription_line
  UNION SELECT DISTINCT account, batch FROM revenue_month
  UNION SELECT DISTINCT account, batch FROM movement_event
) r ON r.batch = b.id
JOIN account a ON a.id = r.account
ORDER BY b.id, a.external_id;
