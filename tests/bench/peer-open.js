// SPDX-License-Identifier: GPL-3.0-or-later
// peer-open.js CSV DATABASE: DuckDB opens a file of its own with an event log in
// it and computes month-end levels, movements by month, twelve months' retention
// and cohorts. Prints the milliseconds from opening on, and of processor. The
// file is made from the CSV where it is missing.
'use strict';
const fs = require('fs');
const { createRequire } = require('module');

const folder = process.env.QD_BENCH_NODE_MODULES;
const find = folder ? createRequire(folder + '/x') : require;
const { DuckDBInstance } = find(folder ? folder + '/@duckdb/node-api' : '@duckdb/node-api');

async function make(csv, path) {
  const instance = await DuckDBInstance.create(path, { threads: '2' });
  const connection = await instance.connect();
  for (const sql of [
    `CREATE TEMP TABLE raw AS SELECT *, row_number() OVER () AS seq FROM read_csv('${csv}')`,
    `CREATE TABLE account AS SELECT row_number() OVER () AS id, account_id AS external_id
       FROM (SELECT DISTINCT account_id FROM raw)`,
    `CREATE TABLE event AS SELECT a.id AS account, r.date AS day, r.seq, CAST(round(r.mrr_after * 100) AS BIGINT) AS amount
       FROM raw r JOIN account a ON a.external_id = r.account_id`,
    'CHECKPOINT',
  ]) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

async function main(csv, path) {
  if (!fs.existsSync(path)) await make(csv, path);
  const start = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const instance = await DuckDBInstance.create(path, { threads: '2' });
  const connection = await instance.connect();
  for (const sql of [
    `CREATE TEMP TABLE change AS SELECT account, (year(day) - 2020) * 12 + month(day) - 1 AS m,
       arg_max(amount, seq) AS level FROM event GROUP BY ALL`,
    `CREATE TEMP TABLE state AS SELECT account, t.m, level FROM
       (SELECT account, m AS first, level, lead(m, 1, 60) OVER (PARTITION BY account ORDER BY m) AS next FROM change) c,
       range(60) t(m) WHERE t.m >= c.first AND t.m < c.next AND level > 0`,
    `CREATE TEMP TABLE movement AS SELECT coalesce(b.m, a.m + 1) AS m, sum(coalesce(a.level, 0)) AS opening,
       sum(CASE WHEN a.level IS NULL AND b.m = f.first THEN b.level END) AS new,
       sum(CASE WHEN a.level IS NULL AND b.m > f.first THEN b.level END) AS reactivation,
       sum(greatest(b.level - a.level, 0)) AS expansion, sum(greatest(a.level - b.level, 0)) AS contraction,
       sum(CASE WHEN b.level IS NULL THEN a.level END) AS churn, sum(coalesce(b.level, 0)) AS closing
       FROM state a FULL JOIN state b ON a.account = b.account AND b.m = a.m + 1
       JOIN (SELECT account, min(m) AS first FROM state GROUP BY 1) f ON f.account = coalesce(a.account, b.account)
       GROUP BY 1`,
    `CREATE TEMP TABLE retention AS SELECT s.m + 12 AS m, count(*) AS accounts, count(e.level) AS retained,
       sum(s.level) AS start, sum(e.level) AS "end", sum(least(s.level, coalesce(e.level, 0))) AS gross
       FROM state s LEFT JOIN state e ON e.account = s.account AND e.m = s.m + 12 WHERE s.m < 48 GROUP BY 1`,
    `CREATE TEMP TABLE cohort AS SELECT f.first, s.m - f.first AS age, count(*) AS accounts, sum(s.level) AS mrr,
       sum(least(s.level, f.level)) AS gross FROM state s JOIN
       (SELECT account, min(m) AS first, arg_min(level, m) AS level FROM state GROUP BY 1) f USING (account) GROUP BY 1, 2`,
  ]) await connection.run(sql);
  const spent = process.cpuUsage(cpu);
  console.log(`${Number(process.hrtime.bigint() - start) / 1e6} ${(spent.user + spent.system) / 1e3}`);
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
