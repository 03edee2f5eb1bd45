INSERT INTO profile_choice (name, version, key, value) VALUES (:name, :version, :key, :value)
