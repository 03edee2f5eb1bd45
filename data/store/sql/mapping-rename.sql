UPDATE mapping SET name = :new_name WHERE name = :name
