// SPDX-License-Identifier: GPL-2.0-or-later
// node duckdb.mjs SQLFILE INPUT OUTPUT THREADS: runs the query, for where there is no duckdb program.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.env.BENCH_NODE_HOME + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [sql, input, output, threads] = process.argv.slice(2);
const db = await DuckDBInstance.create(":memory:", { threads });
const connection = await db.connect();
await connection.run(readFileSync(sql, "utf8").replace("INPUT", input).replace("OUTPUT", output));
