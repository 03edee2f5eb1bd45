SELECT p.name, p.version, c.key, c.value
FROM profile p LEFT JOIN profile_choice c ON c.name = p.name AND c.version = p.version
ORDER BY p.name, p.version, c.key
