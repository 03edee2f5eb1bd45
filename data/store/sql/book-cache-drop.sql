DELETE FROM cache WHERE key >= 'book/' AND key < 'book0'
