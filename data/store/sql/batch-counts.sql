UPDATE import_batch SET rows = :rows, imported = :imported, merged = :merged, unchanged = :unchanged,
  rejected = :rejected, sha256 = :sha256, conflicts = :conflicts WHERE id = :id
