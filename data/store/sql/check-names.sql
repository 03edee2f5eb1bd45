-- Accounts that share a name: perhaps one customer under two ids.
SELECT name || ': ' || ids, count (*) OVER () FROM (
  SELECT min (name) AS name, group_concat (external_id, ', ') AS ids, count (*) AS n
  FROM (SELECT name, external_id FROM account WHERE implied = 0 ORDER BY external_id)
  GROUP BY lower (trim (name)))
WHERE n > 1 ORDER BY name LIMIT 5 /*scan*/
