SELECT kind, header_set, body FROM mapping WHERE name = :name
