INSERT INTO account (id, external_id, name, parent, domain, segment, region, country, industry, csm, touch, stage, signup,
  sales_rep, channel, source, discount_band, currency, seats, employees, fit, implied, batch, line)
  VALUES (:id, :external_id, :name, :parent, :domain, :segment, :region, :country, :industry, :csm, :touch, :stage, :signup,
  :sales_rep, :channel, :source, :discount_band, :currency, :seats, :employees, :fit, 0, :batch, :line)
