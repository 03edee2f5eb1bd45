DELETE FROM revenue_month WHERE id = :id
