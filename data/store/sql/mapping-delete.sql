DELETE FROM mapping WHERE name = :name
