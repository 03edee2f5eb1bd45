SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_stat_' ESCAPE '\' ORDER BY type, name
