SELECT "from", "table", coalesce ("to", 'id') FROM pragma_foreign_key_list (:table)
