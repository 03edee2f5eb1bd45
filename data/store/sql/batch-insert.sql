INSERT INTO import_batch (id, time, kind, source, file, sha256, options, headers)
  VALUES (:id, :time, :kind, :source, :file, :sha256, :options, :headers)
