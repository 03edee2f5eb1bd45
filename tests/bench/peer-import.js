// SPDX-License-Identifier: GPL-3.0-or-later
// peer-import.js CSV DATABASE: DuckDB reads an event log, gives the accounts
// ids and keeps the rows. Prints the milliseconds that took, and of processor.
'use strict';
const fs = require('fs');
const { createRequire } = require('module');

const folder = process.env.QD_BENCH_NODE_MODULES;
const find = folder ? createRequire(folder + '/x') : require;
const { DuckDBInstance } = find(folder ? folder + '/@duckdb/node-api' : '@duckdb/node-api');

async function main(csv, path) {
  for (const file of [path, path + '.wal']) fs.rmSync(file, { force: true });
  const instance = await DuckDBInstance.create(path, { threads: '2' });
  const connection = await instance.connect();
  const start = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  for (const sql of [
    `CREATE TEMP TABLE raw AS SELECT * FROM read_csv('${csv}')`,
    `CREATE TABLE account AS SELECT row_number() OVER () AS id, account_id AS external_id
       FROM (SELECT DISTINCT account_id FROM raw)`,
    `CREATE TABLE event AS SELECT a.id AS account, r.date AS day, CAST(round(r.mrr_after * 100) AS BIGINT) AS amount,
       r.kind, r.event_id FROM raw r JOIN account a ON a.external_id = r.account_id`,
    'CHECKPOINT',
  ]) await connection.run(sql);
  const spent = process.cpuUsage(cpu);
  console.log(`${Number(process.hrtime.bigint() - start) / 1e6} ${(spent.user + spent.system) / 1e3}`);
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
