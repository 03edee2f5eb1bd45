SELECT external_id, count (*) OVER () FROM account
WHERE coalesce (segment, '') = '' AND implied = 0
  AND EXISTS (SELECT 1 FROM account WHERE coalesce (segment, '') <> '')
ORDER BY external_id LIMIT 5 /*scan*/
