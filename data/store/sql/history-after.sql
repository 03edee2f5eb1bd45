-- What all entries after :id changed, the newest first.
SELECT changes FROM history_entry WHERE id > :id AND changes IS NOT NULL ORDER BY id DESC
