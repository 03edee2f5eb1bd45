-- Accounts without any revenue, theirs or of accounts below them.
SELECT count (*) OVER (), external_id || ' ' || name, external_id, name, segment, csm, signup FROM account
WHERE id NOT IN (SELECT account FROM subscription_line) AND id NOT IN (SELECT account FROM revenue_month)
  AND id NOT IN (SELECT account FROM movement_event) AND id NOT IN (SELECT parent FROM account WHERE parent IS NOT NULL)
ORDER BY external_id LIMIT ?1 /*scan*/
