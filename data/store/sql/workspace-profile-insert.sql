INSERT INTO profile (name, version, base, created) VALUES (:name, :version, :base, :created)
