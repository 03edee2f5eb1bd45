UPDATE account SET name = :name, parent = :parent, domain = :domain, segment = :segment, region = :region,
  country = :country, industry = :industry, csm = :csm, touch = :touch, stage = :stage, signup = :signup,
  sales_rep = :sales_rep, channel = :channel, source = :source, discount_band = :discount_band, currency = :currency,
  seats = :seats, employees = :employees, fit = :fit, implied = :implied, batch = :batch, line = :line WHERE id = :id
