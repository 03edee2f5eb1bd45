UPDATE setting SET value = CAST (CAST (value AS INTEGER) + 1 AS TEXT) WHERE key = 'data_version'
