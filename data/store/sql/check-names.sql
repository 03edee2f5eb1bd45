-- Accounts that share a name: perhaps one customer under two ids.
SELECT count (*) OVER (), external_id || ' ' || name, external_id, name FROM (
  SELECT external_id, name, lower (trim (name)) AS key, count (*) OVER (PARTITION BY lower (trim (name))) AS n
  FROM account WHERE implied = 0)
WHERE n > 1 ORDER BY key, external_id LIMIT ?1 /*scan*/
