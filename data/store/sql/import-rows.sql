SELECT line, outcome, code, field, expected, found, record FROM import_row WHERE batch = :batch ORDER BY line, id
