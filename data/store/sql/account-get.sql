SELECT name, parent, domain, segment, region, country, industry, csm, touch, stage, signup, sales_rep, channel, source,
  discount_band, currency, seats, employees, fit, implied, batch, line FROM account WHERE id = :id
