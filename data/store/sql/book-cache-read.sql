SELECT version, body FROM cache WHERE key >= 'book/' AND key < 'book0' ORDER BY key
