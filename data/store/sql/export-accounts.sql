/*scan*/ SELECT a.id, a.external_id, a.name, p.external_id, a.domain, a.segment, a.region, a.country, a.industry, a.csm,
  a.touch, a.stage, a.signup, a.sales_rep, a.channel, a.source, a.discount_band, a.currency, a.seats, a.employees, a.fit
  FROM account a LEFT JOIN account p ON p.id = a.parent WHERE a.implied = 0 ORDER BY a.external_id
