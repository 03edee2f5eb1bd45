SELECT count (*) OVER (), external_id, external_id, name, region, csm FROM account
WHERE coalesce (segment, '') = '' AND implied = 0
  AND EXISTS (SELECT 1 FROM account WHERE coalesce (segment, '') <> '')
ORDER BY external_id LIMIT ?1 /*scan*/
