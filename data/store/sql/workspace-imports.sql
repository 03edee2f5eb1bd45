SELECT b.id, b.time, b.kind, b.source, b.sha256, b.rows, b.imported, b.merged, b.unchanged, b.rejected, b.undone, b.file,
  b.conflicts, e.profile, e.month_before, e.month_after, e.arr_before, e.arr_after, e.nrr_before, e.nrr_after,
  e.grr_before, e.grr_after
  FROM import_batch b LEFT JOIN import_effect e ON e.batch = b.id ORDER BY b.id
