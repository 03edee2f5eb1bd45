INSERT INTO import_row (batch, line, outcome, code, field, expected, found, record)
  VALUES (:batch, :line, :outcome, :code, :field, :expected, :found, :record)
