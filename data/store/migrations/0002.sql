-- Quarterdeck workspace, schema version 2: what an import did to the figures, and what its file's columns were called.

-- Computed once, right after the import, as of the last months of the data before and after it. No row: not computed.
CREATE TABLE import_effect (
  batch        INTEGER PRIMARY KEY REFERENCES import_batch (id) ON DELETE CASCADE,
  profile      TEXT NOT NULL,             -- name@version of the definitions
  month_before INTEGER,                   -- NULL: no revenue then
  month_after  INTEGER,
  arr_before   INTEGER,                   -- minor units of the workspace's currency
  arr_after    INTEGER,
  nrr_before   REAL,                      -- of twelve months; NULL: undefined
  nrr_after    REAL,
  grr_before   REAL,
  grr_after    REAL
) STRICT;

ALTER TABLE import_batch ADD COLUMN headers TEXT NOT NULL DEFAULT '';     -- in order, joined by U+001F; '': not known
ALTER TABLE import_batch ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0; -- rows with values that stayed as they were
