SELECT name, kind, header_set, body FROM mapping ORDER BY name /*scan*/
