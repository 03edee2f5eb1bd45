SELECT json_valid (:text)
