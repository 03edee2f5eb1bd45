-- Lines that begin while another of the same account and product is in force.
SELECT count (*) OVER (), a.external_id || ': ' || o.external_id, a.external_id, a.name, o.external_id, p.name, o.start,
       o."end", o.amount_num * 1.0 / o.amount_den, o.currency
FROM (
  SELECT *, max (coalesce ("end", 2147483647)) OVER (
             PARTITION BY account, product ORDER BY start, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM subscription_line WHERE trial = 0 AND ("end" IS NULL OR "end" > start)) o
JOIN account a ON a.id = o.account LEFT JOIN product p ON p.id = o.product
WHERE o.reach > o.start
ORDER BY a.external_id, o.external_id LIMIT ?1 /*scan*/
