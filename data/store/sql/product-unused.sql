-- As account-unused.
SELECT id FROM product
WHERE implied = 1
  AND (batch = :batch OR batch IN (SELECT id FROM import_batch WHERE undone = 1))
  AND id NOT IN (SELECT product FROM subscription_line WHERE product IS NOT NULL)
  AND id NOT IN (SELECT product FROM revenue_month WHERE product IS NOT NULL)
  AND id NOT IN (SELECT product FROM movement_event WHERE product IS NOT NULL) /*scan*/
