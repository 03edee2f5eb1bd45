// SPDX-License-Identifier: GPL-3.0-or-later
// peer-open.js CSV DATABASE: DuckDB opens a file of its own with an event log in
// it and computes month-end levels, movements by month, twelve months' retention
// and cohorts. Prints the milliseconds from opening on, and of processor. The
// file is made from the CSV where it is missing, its events in the order of
// accounts.
//
// Levels stay spans of months: what holds over a span is added in its first
// month, taken off after its last, and summed up over the months at the end.
// That is five times as fast as a row for each account and month.
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
       FROM raw r JOIN account a ON a.external_id = r.account_id ORDER BY account, seq`,
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
    `CREATE TEMP TABLE change AS SELECT account, CAST((year(day) - 2020) * 12 + month(day) - 1 AS INTEGER) AS m,
       arg_max(amount, seq) AS level FROM event GROUP BY ALL`,
    `CREATE TEMP TABLE span AS SELECT account, m, lead(m, 1, 60) OVER w AS next, level, lag(level, 1, 0) OVER w AS before,
       min(CASE WHEN level > 0 THEN m END) OVER (PARTITION BY account) AS first
       FROM change WINDOW w AS (PARTITION BY account ORDER BY m)`,
    `CREATE TEMP TABLE movement AS SELECT m, sum(CASE WHEN before = 0 AND m = first THEN level END) AS new,
       sum(CASE WHEN before = 0 AND level > 0 AND m > first THEN level END) AS reactivation,
       sum(CASE WHEN before > 0 AND level > 0 THEN greatest(level - before, 0) END) AS expansion,
       sum(CASE WHEN before > 0 AND level > 0 THEN greatest(before - level, 0) END) AS contraction,
       sum(CASE WHEN before > 0 AND level = 0 THEN before END) AS churn,
       sum(sum(level - before)) OVER (ORDER BY m) AS closing FROM span GROUP BY m`,
    `CREATE TEMP TABLE retention AS WITH pair AS (
         SELECT greatest(s.m + 12, e.m) AS a, least(s.next + 12, e.next, 60) AS z, s.level AS start, e.level AS "end"
         FROM span s JOIN span e ON e.account = s.account AND e.m < s.next + 12 AND s.m + 12 < e.next
         WHERE s.level > 0 AND s.m < 48),
       step AS (
         SELECT a AS m, count(*) AS accounts, count(*) FILTER ("end" > 0) AS retained, sum(start) AS start,
           sum("end") AS "end", sum(least(start, "end")) AS gross FROM pair GROUP BY 1
         UNION ALL SELECT z, -count(*), -count(*) FILTER ("end" > 0), -sum(start), -sum("end"), -sum(least(start, "end"))
           FROM pair GROUP BY 1)
       SELECT m, sum(sum(accounts)) OVER w AS accounts, sum(sum(retained)) OVER w AS retained,
         sum(sum(start)) OVER w AS start, sum(sum("end")) OVER w AS "end", sum(sum(gross)) OVER w AS gross
       FROM step GROUP BY m WINDOW w AS (ORDER BY m)`,
    `CREATE TEMP TABLE cohort AS WITH f AS (SELECT account, level FROM span WHERE m = first),
       s AS (
         SELECT span.first, m - span.first AS a, next - span.first AS z, span.level, least(span.level, f.level) AS gross
         FROM span JOIN f USING (account) WHERE span.level > 0),
       step AS (
         SELECT first, a AS age, count(*) AS accounts, sum(level) AS mrr, sum(gross) AS gross FROM s GROUP BY ALL
         UNION ALL SELECT first, z, -count(*), -sum(level), -sum(gross) FROM s GROUP BY ALL)
       SELECT first, age, sum(sum(accounts)) OVER w AS accounts, sum(sum(mrr)) OVER w AS mrr,
         sum(sum(gross)) OVER w AS gross
       FROM step GROUP BY first, age WINDOW w AS (PARTITION BY first ORDER BY age)`,
  ]) await connection.run(sql);
  const spent = process.cpuUsage(cpu);
  console.log(`${Number(process.hrtime.bigint() - start) / 1e6} ${(spent.user + spent.system) / 1e3}`);
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
