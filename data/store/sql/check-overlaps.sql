-- Lines that begin while another of the same account and product is in force.
SELECT a.external_id || ': ' || o.external_id, o.total FROM (
  SELECT account, external_id, count (*) OVER () AS total FROM (
    SELECT account, external_id, start, max (coalesce ("end", 2147483647)) OVER (
             PARTITION BY account, product ORDER BY start, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
    FROM subscription_line WHERE trial = 0 AND ("end" IS NULL OR "end" > start))
  WHERE reach > start
  ORDER BY account, external_id LIMIT 5) o
JOIN account a ON a.id = o.account
ORDER BY a.external_id, o.external_id /*scan*/
