-- Accounts that signed up after their first line began.
SELECT count (*) OVER (),
       a.external_id || ': ' || date (a.signup * 86400, 'unixepoch') || ' > ' || date (f.first * 86400, 'unixepoch'),
       a.external_id, a.name, a.signup, f.first
FROM (SELECT account, min (start) AS first FROM subscription_line GROUP BY account) f
JOIN account a ON a.id = f.account
WHERE a.signup > f.first
ORDER BY a.external_id LIMIT ?1 /*scan*/
