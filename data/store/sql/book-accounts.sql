-- In order of rowid: no sorting.
SELECT id, external_id, name, parent, implied, signup,
       segment, region, country, industry, csm, touch, stage, sales_rep, channel, source, discount_band
FROM account /*scan*/
