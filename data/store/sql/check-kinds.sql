-- Events whose kind, as the file has it, says another thing than their levels.
SELECT e.total, a.external_id || ' ' || date (e.day * 86400, 'unixepoch') || ' ' || e.kind, a.external_id, a.name, e.day,
       e.kind, p.name, e.earlier, e.level, e.currency
FROM (
  SELECT account, day, kind, id, product, earlier, level, currency, count (*) OVER () AS total FROM (
    SELECT account, day, kind, id, product, currency, is_change, amount_num * 1.0 / amount_den AS level,
           lag (amount_num * 1.0 / amount_den) OVER (
             PARTITION BY account, currency, of_product, CASE of_product WHEN 1 THEN product END ORDER BY day, id) AS earlier,
           lower (kind) AS word
    FROM movement_event)
  WHERE is_change = 0 AND (
    word IN ('new', 'signup', 'start', 'activation') AND (level = 0 OR earlier > 0)
    OR word IN ('upgrade', 'expansion', 'upsell') AND level <= earlier
    OR word IN ('downgrade', 'contraction', 'downsell') AND (level >= earlier OR level = 0)
    OR word IN ('cancel', 'churn', 'cancellation') AND level > 0)
  ORDER BY id LIMIT ?1) e
JOIN account a ON a.id = e.account LEFT JOIN product p ON p.id = e.product
ORDER BY e.id /*scan*/
