-- Quarterdeck workspace, schema version 3: undos and redos that were done together.

ALTER TABLE history_entry ADD COLUMN step INTEGER NOT NULL DEFAULT 0; -- the entry that all of a step is about; 0: alone
