import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { activation } from './activation.bench.ts';
import { withFolder, type Bench, type BenchRow } from './bench.ts';
import { calls } from './calls.bench.ts';
import { eventLogFiles } from './event-log-files.bench.ts';
import { firstPaint } from './first-paint.bench.ts';
import { grid } from './grid.bench.ts';
import { loginHistory } from './login-history.bench.ts';
import { memory } from './memory.bench.ts';
import { nothingNew } from './nothing-new.bench.ts';
import { query } from './query.bench.ts';
import { smallFiles } from './small-files.bench.ts';

/**
 * `npm run bench [-- --only NAME] [--scale 0.1] [--json FILE]`: measures what docs/performance.md tells. Each ratio is of
 * two measurements of the same run.
 */
const BENCHES: readonly Bench[] = [
  eventLogFiles,
  loginHistory,
  calls,
  smallFiles,
  nothingNew,
  query,
  memory,
  activation,
  firstPaint,
  grid,
];

const { values } = parseArgs({
  options: { only: { type: 'string' }, scale: { type: 'string', default: '1' }, json: { type: 'string' } },
});
const scale = Number(values.scale);
const chosen = BENCHES.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));
if (chosen.length === 0 || !(scale > 0)) {
  console.error(`--only takes ${BENCHES.map(({ name }) => name).join(', ')}; --scale a number above 0.`);
  process.exit(2);
}
const results: { readonly bench: string; readonly rows: readonly BenchRow[] }[] = [];
for (const { name, run } of chosen) {
  const rows = await withFolder((folder) => run({ scale, folder }));
  results.push({ bench: name, rows });
  for (const { what, measured, target, met } of rows) {
    console.log(`| ${name} | ${what} | ${measured} | ${target} | ${met === null ? '' : met ? 'yes' : '**no**'} |`);
  }
}
const machine = { cpus: os.availableParallelism(), model: os.cpus()[0]?.model ?? '', load: os.loadavg() };
const json = JSON.stringify({ scale, machine, results }, null, 2);
if (values.json === undefined) console.log(json);
else await writeFile(values.json, `${json}\n`);
process.exitCode = results.some(({ rows }) => rows.some(({ met }) => met === false)) ? 1 : 0;
