-- Every fact of revenue in order of account, then of time: what the ledger is recomputed from.
-- form 1: in force from month "from" to the month before "until"; form 3: an event.
SELECT a.external_id, r.form, r.from_month, r.until_month, r.num, r.den, r.currency, r.is_change, r.of_product, r.product
FROM (
  SELECT account, 1 AS form, start AS day, id,
         CAST (strftime ('%Y', start * 86400, 'unixepoch') AS INTEGER) * 12 +
           CAST (strftime ('%m', start * 86400, 'unixepoch') AS INTEGER) - 1 AS from_month,
         CAST (strftime ('%Y', "end" * 86400, 'unixepoch') AS INTEGER) * 12 +
           CAST (strftime ('%m', "end" * 86400, 'unixepoch') AS INTEGER) - 1 AS until_month,
         amount_num AS num, amount_den AS den, currency, 0 AS is_change, 0 AS of_product, 0 AS product
  FROM subscription_line
  WHERE trial = 0 AND ("end" IS NULL OR "end" > start)
  UNION ALL
  SELECT account, 1, month, id, month, month + 1, amount_num, amount_den, currency, 0, 0, 0
  FROM (SELECT *, row_number () OVER (PARTITION BY account, month, product, currency ORDER BY id DESC) AS place
        FROM revenue_month)
  WHERE place = 1
  UNION ALL
  SELECT account, 3, day, id,
         CAST (strftime ('%Y', day * 86400, 'unixepoch') AS INTEGER) * 12 +
           CAST (strftime ('%m', day * 86400, 'unixepoch') AS INTEGER) - 1,
         NULL, amount_num, amount_den, currency, is_change, of_product, coalesce (product, 0)
  FROM movement_event
) r JOIN account a ON a.id = r.account
ORDER BY a.external_id, r.form, r.day, r.id /*scan*/
