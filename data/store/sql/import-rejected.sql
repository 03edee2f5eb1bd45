SELECT line, code, field, expected, found, record FROM import_row
  WHERE batch = :batch AND outcome = 'rejected' ORDER BY line, id
