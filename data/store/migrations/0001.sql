-- Quarterdeck workspace, schema version 1.
-- Days are days since 1970-01-01, months are year * 12 + month - 1, money is an
-- exact fraction num / den of the currency's minor unit; NULL currency is the
-- workspace's reporting currency. Rows that came from a file carry (batch, line).

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
  id         INTEGER PRIMARY KEY,
  time       INTEGER NOT NULL,            -- unix seconds
  kind       TEXT NOT NULL,
  source     TEXT NOT NULL DEFAULT '',    -- --source: which system the ids belong to
  file       TEXT NOT NULL,               -- base name only
  sha256     TEXT NOT NULL,
  options    TEXT NOT NULL DEFAULT '',    -- how it was read: mapping, date order, decimal sign (key=value lines)
  rows       INTEGER NOT NULL DEFAULT 0,
  imported   INTEGER NOT NULL DEFAULT 0,
  merged     INTEGER NOT NULL DEFAULT 0,
  unchanged  INTEGER NOT NULL DEFAULT 0,
  rejected   INTEGER NOT NULL DEFAULT 0,
  undone     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Only what did not go the usual way: merged and rejected rows.
CREATE TABLE import_row (
  id       INTEGER PRIMARY KEY,
  batch    INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  line     INTEGER NOT NULL,              -- line of the file, header is 1
  outcome  TEXT NOT NULL CHECK (outcome IN ('merged', 'rejected')),
  code     TEXT NOT NULL DEFAULT '',
  field    TEXT NOT NULL DEFAULT '',
  expected TEXT NOT NULL DEFAULT '',
  found    TEXT NOT NULL DEFAULT '',
  record   TEXT NOT NULL DEFAULT ''       -- a rejected row as it stood in the file
) STRICT;
CREATE INDEX import_row_batch ON import_row (batch, line);

CREATE TABLE mapping (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  header_set TEXT NOT NULL,               -- the headers in order, joined by U+001F
  body       TEXT NOT NULL                -- field=header lines, then options
) STRICT;

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  external_id   TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  parent        INTEGER REFERENCES account (id),
  implied       INTEGER NOT NULL DEFAULT 0, -- 1: only mentioned by other rows so far
  domain        TEXT,
  segment       TEXT,
  region        TEXT,
  country       TEXT,
  industry      TEXT,
  csm           TEXT,
  touch         TEXT,
  stage         TEXT,
  sales_rep     TEXT,
  channel       TEXT,
  source        TEXT,
  discount_band TEXT,
  currency      TEXT,
  seats         INTEGER,
  employees     INTEGER,
  fit           TEXT,
  signup        INTEGER,                  -- day
  batch         INTEGER NOT NULL DEFAULT 0,
  line          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX account_parent ON account (parent) WHERE parent IS NOT NULL;

-- Further ids of an account in other systems.
CREATE TABLE account_identity (
  source      TEXT NOT NULL,
  external_id TEXT NOT NULL,
  account     INTEGER NOT NULL REFERENCES account (id),
  batch       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_identity_account ON account_identity (account);

-- Custom attributes (valid_from = -2147483648) and dated history of attributes.
-- The account's own columns hold today's value; a row here says what held from a day on.
CREATE TABLE account_value (
  account    INTEGER NOT NULL REFERENCES account (id),
  field      TEXT NOT NULL,
  valid_from INTEGER NOT NULL,            -- day
  value      TEXT NOT NULL,
  batch      INTEGER NOT NULL DEFAULT 0,
  line       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, field, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
  id          INTEGER PRIMARY KEY,
  external_id TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  implied     INTEGER NOT NULL DEFAULT 0,
  batch       INTEGER NOT NULL DEFAULT 0,
  line        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The three forms of recurring revenue.
CREATE TABLE subscription_line (
  id             INTEGER PRIMARY KEY,
  external_id    TEXT NOT NULL UNIQUE,
  account        INTEGER NOT NULL REFERENCES account (id),
  product        INTEGER REFERENCES product (id),
  start          INTEGER NOT NULL,
  "end"          INTEGER,                 -- as given; the profile says whether it is the last day in force
  amount_num     INTEGER NOT NULL,        -- a month's amount, unrounded, in minor units of its currency
  amount_den     INTEGER NOT NULL DEFAULT 1 CHECK (amount_den > 0),
  currency       TEXT,
  trial          INTEGER NOT NULL DEFAULT 0,
  quantity       TEXT,                    -- these four as given, when the amount came from a price
  unit_price     TEXT,
  interval       TEXT,
  interval_count INTEGER,
  discount       TEXT,                    -- percent
  canceled_at    INTEGER,
  notice_date    INTEGER,
  auto_renew     INTEGER,
  term_months    INTEGER,
  batch          INTEGER NOT NULL DEFAULT 0,
  line           INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE revenue_month (
  id         INTEGER PRIMARY KEY,
  account    INTEGER NOT NULL REFERENCES account (id),
  month      INTEGER NOT NULL,
  product    INTEGER REFERENCES product (id),
  currency   TEXT,
  amount_num INTEGER NOT NULL,
  amount_den INTEGER NOT NULL DEFAULT 1 CHECK (amount_den > 0),
  batch      INTEGER NOT NULL DEFAULT 0,
  line       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Order within a day is the order of id. Without an external id, a row is known by
-- account, day, product, currency and its place among those.
CREATE TABLE movement_event (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES account (id),
  day         INTEGER NOT NULL,
  amount_num  INTEGER NOT NULL,           -- level after the event, or the change when is_change
  amount_den  INTEGER NOT NULL DEFAULT 1 CHECK (amount_den > 0),
  is_change   INTEGER NOT NULL DEFAULT 0,
  of_product  INTEGER NOT NULL DEFAULT 0, -- 1: the level is the product's, 0: the account's, product says what it is on
  product     INTEGER REFERENCES product (id),
  currency    TEXT,
  kind        TEXT,                       -- advice of the file, kept for data quality
  external_id TEXT,
  batch       INTEGER NOT NULL DEFAULT 0,
  line        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE fx_rate (
  set_name TEXT NOT NULL,
  currency TEXT NOT NULL,
  month    INTEGER NOT NULL,              -- -2147483648: constant
  mantissa INTEGER NOT NULL CHECK (mantissa > 0),
  scale    INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 18),
  batch    INTEGER NOT NULL DEFAULT 0,
  line     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (set_name, currency, month)
) STRICT, WITHOUT ROWID;

-- Definition profiles: versions never change.
CREATE TABLE profile (
  name    TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  base    TEXT NOT NULL DEFAULT '',       -- name@version it was made from
  created INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile_choice (
  name    TEXT NOT NULL,
  version INTEGER NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (name, version, key),
  FOREIGN KEY (name, version) REFERENCES profile (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE history_entry (
  id        INTEGER PRIMARY KEY,
  kind      INTEGER NOT NULL,
  time      INTEGER NOT NULL,
  batch     INTEGER NOT NULL DEFAULT 0,
  target    INTEGER NOT NULL DEFAULT 0,
  summary   TEXT NOT NULL,
  undone    INTEGER NOT NULL DEFAULT 0,
  shape     TEXT NOT NULL DEFAULT '',     -- fingerprint of the recorded tables' columns
  changes   BLOB                          -- changeset of the session extension, NULL: none
) STRICT;

-- Derived, rebuilt at will: never truth.
CREATE TABLE cache (
  key     TEXT PRIMARY KEY,
  version INTEGER NOT NULL,               -- data_version it was made from
  body    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- For people who look with another tool.
CREATE VIEW accounts AS
  SELECT a.external_id AS account_id, a.name, p.external_id AS parent_id, a.domain, a.segment, a.region, a.country,
         a.industry, a.csm, a.touch, a.stage, date (a.signup * 86400, 'unixepoch') AS signup_date, a.sales_rep,
         a.channel, a.source, a.discount_band, a.currency, a.seats, a.employees, a.fit
  FROM account a LEFT JOIN account p ON p.id = a.parent;
CREATE VIEW subscriptions AS
  SELECT l.external_id AS line_id, a.external_id AS account_id, date (l.start * 86400, 'unixepoch') AS start,
         date (l."end" * 86400, 'unixepoch') AS "end", l.amount_num * 1.0 / l.amount_den AS mrr_minor, l.currency,
         p.external_id AS product, l.trial
  FROM subscription_line l JOIN account a ON a.id = l.account LEFT JOIN product p ON p.id = l.product;
CREATE VIEW monthly_revenue AS
  SELECT a.external_id AS account_id, printf ('%04d-%02d', r.month / 12, r.month % 12 + 1) AS month,
         r.amount_num * 1.0 / r.amount_den AS mrr_minor, r.currency, p.external_id AS product
  FROM revenue_month r JOIN account a ON a.id = r.account LEFT JOIN product p ON p.id = r.product;
CREATE VIEW movements AS
  SELECT e.external_id AS event_id, a.external_id AS account_id, date (e.day * 86400, 'unixepoch') AS date,
         CASE e.is_change WHEN 0 THEN e.amount_num * 1.0 / e.amount_den END AS mrr_after_minor,
         CASE e.is_change WHEN 1 THEN e.amount_num * 1.0 / e.amount_den END AS change_minor, e.kind, e.currency,
         p.external_id AS product
  FROM movement_event e JOIN account a ON a.id = e.account LEFT JOIN product p ON p.id = e.product;
CREATE VIEW imports AS
  SELECT id, datetime (time, 'unixepoch') AS time, kind, source, file, sha256, rows, imported, merged, unchanged,
         rejected, undone
  FROM import_batch;
