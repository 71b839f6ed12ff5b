/** npm run fuzz -- [--runs 10000] [--seed N]: bytes that an org, an edge or a disk may send; the seed finds them again. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = Number(values.runs ?? 10_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`${String(runs)} inputs, seed ${String(seed)}`);
await fuzz(runs, seed);
console.log('All of them hold.');
