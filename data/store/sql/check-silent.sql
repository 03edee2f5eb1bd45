-- Accounts without any revenue, theirs or of accounts below them.
SELECT external_id || ' ' || name, count (*) OVER () FROM account
WHERE id NOT IN (SELECT account FROM subscription_line) AND id NOT IN (SELECT account FROM revenue_month)
  AND id NOT IN (SELECT account FROM movement_event) AND id NOT IN (SELECT parent FROM account WHERE parent IS NOT NULL)
ORDER BY external_id LIMIT 5 /*scan*/
