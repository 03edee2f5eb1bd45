-- Accounts that were only mentioned, by the import or by ones that are gone, and that nothing mentions any more.
SELECT id FROM account
WHERE implied = 1
  AND (batch = :batch OR batch IN (SELECT id FROM import_batch WHERE undone = 1))
  AND id NOT IN (SELECT account FROM account_identity)
  AND id NOT IN (SELECT account FROM account_value)
  AND id NOT IN (SELECT account FROM subscription_line)
  AND id NOT IN (SELECT account FROM revenue_month)
  AND id NOT IN (SELECT account FROM movement_event)
  AND id NOT IN (SELECT parent FROM account WHERE parent IS NOT NULL) /*scan*/
