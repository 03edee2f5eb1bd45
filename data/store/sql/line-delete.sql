DELETE FROM subscription_line WHERE id = :id
