SELECT batch, line FROM subscription_line WHERE id = :id
