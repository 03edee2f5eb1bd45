-- What the workspace holds, as far as the ends of its tables tell: a cheap second look beside the data version.
SELECT coalesce ((SELECT max (id) FROM account), 0), coalesce ((SELECT max (id) FROM product), 0),
       coalesce ((SELECT max (id) FROM subscription_line), 0), coalesce ((SELECT max (id) FROM revenue_month), 0),
       coalesce ((SELECT max (id) FROM movement_event), 0)
