SELECT key FROM setting WHERE key >= :prefix AND key < :prefix || char (1114111) ORDER BY key
