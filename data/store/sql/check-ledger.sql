/*scan*/
-- The ledger by a second path: the level of each account at the ends of months, from the rows alone, under the
-- defaults. A row for each month in which a level changes; unsure: 1 when an amount is beyond 64-bit arithmetic.
WITH
  reporting (code) AS (SELECT value FROM setting WHERE key = 'currency'),
  exponent (code, digits) AS (
    SELECT code, CASE
      WHEN code IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                    'XAF', 'XOF', 'XPF') THEN 0
      WHEN code IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
      WHEN code IN ('CLF', 'UYW') THEN 4
      ELSE 2 END
    FROM (SELECT code FROM reporting UNION SELECT currency FROM fx_rate)),
  ten (n, power) AS (VALUES (0, 1) UNION ALL SELECT n + 1, power * 10 FROM ten WHERE n < 18),
  -- The set in use comes first, then sets in order of import; of the first set that has a currency, its earliest rate.
  sets (set_name, place) AS (
    SELECT set_name, row_number () OVER (
             ORDER BY set_name <> coalesce ((SELECT value FROM setting WHERE key = 'rate_set'), ''), min (batch), set_name)
    FROM fx_rate GROUP BY set_name),
  rates (currency, mantissa, scale, place) AS (
    SELECT r.currency, r.mantissa, r.scale, row_number () OVER (PARTITION BY r.currency ORDER BY s.place, r.month)
    FROM fx_rate r JOIN sets s ON s.set_name = r.set_name),
  -- What a minor unit of each currency is in minor units of the reporting currency: times ÷ by.
  factor (currency, times, by) AS MATERIALIZED (
    SELECT code, 1, 1 FROM reporting
    UNION ALL
    SELECT r.currency, r.mantissa * up.power, scale.power * down.power
    FROM rates r
    JOIN exponent source ON source.code = r.currency
    JOIN exponent target ON target.code = (SELECT code FROM reporting)
    JOIN ten up ON up.n = target.digits JOIN ten down ON down.n = source.digits JOIN ten scale ON scale.n = r.scale
    WHERE r.place = 1 AND r.currency <> (SELECT code FROM reporting)),
  -- Accounts with nothing but levels of the whole account in one currency, as most have them: a month's last level is what
  -- the account has, and the sums over runs below, which take ten times as long, would say the same.
  plain (account, currency) AS MATERIALIZED (
    SELECT account, coalesce (max (currency), (SELECT code FROM reporting)) FROM movement_event GROUP BY account
    HAVING max (is_change) = 0 AND max (of_product) = 0 AND
           (count (currency) = 0 OR (count (currency) = count (*) AND min (currency) = max (currency)))),
  alone (account, currency) AS MATERIALIZED (
    SELECT * FROM plain
    WHERE account NOT IN (SELECT account FROM subscription_line) AND account NOT IN (SELECT account FROM revenue_month)),
  months (day, month) AS MATERIALIZED (
    SELECT day, strftime ('%Y', day * 86400, 'unixepoch') * 12 + strftime ('%m', day * 86400, 'unixepoch') - 1
    FROM (SELECT DISTINCT day FROM movement_event)),
  alone_level (account, month, amount) AS (
    SELECT account, month, (2 * max (num, 0) * times + den * by) / (2 * den * by)
    FROM (SELECT e.account, a.currency, m.month, max (e.day * 4294967296 + e.id), e.amount_num AS num, e.amount_den AS den
          FROM movement_event e JOIN alone a ON a.account = e.account JOIN months m ON m.day = e.day
          GROUP BY e.account, m.month) l
    LEFT JOIN factor f ON f.currency = l.currency),
  -- Lines: in force at a month's end from the month of the start to the month before that of the end.
  lines (account, first, past, amount) AS (
    SELECT account,
           strftime ('%Y', start * 86400, 'unixepoch') * 12 + strftime ('%m', start * 86400, 'unixepoch') - 1,
           CASE WHEN "end" IS NULL THEN 200000
                ELSE strftime ('%Y', "end" * 86400, 'unixepoch') * 12 + strftime ('%m', "end" * 86400, 'unixepoch') - 1 END,
           (2 * amount_num * times + amount_den * by) / (2 * amount_den * by)
    FROM subscription_line l LEFT JOIN factor f ON f.currency = coalesce (l.currency, (SELECT code FROM reporting))
    WHERE trial = 0 AND ("end" IS NULL OR "end" > start)),
  -- Snapshots: of two for the same account, month, product and currency the later row.
  snapshots (account, month, amount) AS (
    SELECT account, month, (2 * amount_num * times + amount_den * by) / (2 * amount_den * by)
    FROM (SELECT *, row_number () OVER (PARTITION BY account, month, product, coalesce (currency, '') ORDER BY id DESC) AS place
          FROM revenue_month) s
    LEFT JOIN factor f ON f.currency = coalesce (s.currency, (SELECT code FROM reporting))
    WHERE place = 1),
  -- Events. A level of the account resets all that the account has, in every currency; a level of a product resets that
  -- product in its currency; a change adds to what there is.
  event (id, account, day, product, currency, num, den, is_change) AS (
    SELECT id, account, day, CASE of_product WHEN 1 THEN coalesce (product, -1) ELSE -2 END,
           coalesce (currency, (SELECT code FROM reporting)), amount_num, amount_den, is_change
    FROM movement_event WHERE account NOT IN (SELECT account FROM alone)),
  kinds (account, product, currency) AS (SELECT DISTINCT account, product, currency FROM event),
  spread (id, account, day, product, currency, num, den, is_change) AS (
    SELECT e.id, e.account, e.day, e.product, k.currency,
           CASE WHEN e.currency = k.currency THEN e.num ELSE 0 END, CASE WHEN e.currency = k.currency THEN e.den ELSE 1 END,
           e.is_change
    FROM event e JOIN kinds k ON k.account = e.account AND k.product = e.product
    WHERE e.currency = k.currency OR (e.product = -2 AND e.is_change = 0)),
  runs AS (
    SELECT *, sum (1 - is_change) OVER (PARTITION BY account, product, currency ORDER BY day, id ROWS UNBOUNDED PRECEDING) AS run
    FROM spread),
  -- One denominator for each run: 0 when the denominators are too many for it.
  common AS (
    SELECT *, CASE max (low_den * high_den % den) OVER run_of WHEN 0 THEN iif (low_den = high_den, low_den, low_den * high_den)
              ELSE 0 END AS whole
    FROM (SELECT *, min (den) OVER run_of AS low_den, max (den) OVER run_of AS high_den FROM runs
          WINDOW run_of AS (PARTITION BY account, product, currency, run))
    WINDOW run_of AS (PARTITION BY account, product, currency, run)),
  state (account, product, currency, day, id, num, den) AS (
    SELECT account, product, currency, day, id,
           sum (num * (whole / den)) OVER (PARTITION BY account, product, currency, run ORDER BY day, id
                                           ROWS UNBOUNDED PRECEDING),
           nullif (whole, 0)
    FROM common),
  month_state AS (
    SELECT *, row_number () OVER (PARTITION BY account, product, currency, month ORDER BY day DESC, id DESC) AS place
    FROM state JOIN months USING (day)),
  event_level AS (
    SELECT account, product, s.currency, month,
           (2 * max (num, 0) * times + den * by) / (2 * den * by) AS amount
    FROM month_state s LEFT JOIN factor f ON f.currency = s.currency
    WHERE place = 1),
  steps (account, month, amount, unsure) AS (
    SELECT account, first, amount, typeof (amount) <> 'integer' FROM lines WHERE past > first
    UNION ALL SELECT account, past, -amount, 0 FROM lines WHERE past > first AND past < 200000
    UNION ALL SELECT account, month, amount, typeof (amount) <> 'integer' FROM snapshots
    UNION ALL SELECT account, month + 1, -amount, 0 FROM snapshots
    UNION ALL
    SELECT account, month, amount - lag (amount, 1, 0) OVER (PARTITION BY account, product, currency ORDER BY month),
           typeof (amount) <> 'integer'
    FROM event_level),
  total (account, month, amount, unsure) AS (
    SELECT account, month, sum (amount), max (unsure) FROM steps GROUP BY account, month),
  level (account, month, amount, unsure) AS (
    SELECT account, month, sum (amount) OVER so_far, max (unsure) OVER so_far FROM total
    WINDOW so_far AS (PARTITION BY account ORDER BY month ROWS UNBOUNDED PRECEDING)
    UNION ALL
    SELECT account, month, amount, typeof (amount) <> 'integer' FROM alone_level)
SELECT external_id, month, amount, unsure FROM level JOIN account ON account.id = level.account
ORDER BY external_id, month
