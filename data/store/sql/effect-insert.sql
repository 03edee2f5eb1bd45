INSERT OR REPLACE INTO import_effect (batch, profile, month_before, month_after, arr_before, arr_after, nrr_before,
    nrr_after, grr_before, grr_after)
  VALUES (:batch, :profile, :month_before, :month_after, :arr_before, :arr_after, :nrr_before, :nrr_after, :grr_before,
    :grr_after)
