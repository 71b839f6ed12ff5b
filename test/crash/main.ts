import { parseArgs } from 'node:util';
import { orgAndLake } from '../sync/org-and-lake.ts';
import { CareCrashes } from './care-crashes.ts';
import { TASKS } from './care-once.ts';
import { crash, undisturbed, type CrashResult } from './crashes.ts';

/**
 * `npm run crash -- --runs 1000`: kills syncs and lake workers at random moments, and proves the lake after each. With
 * `--care 200` it kills compactions, prunes and repairs instead.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    scenario: { type: 'string', default: 'no-shield' },
    scale: { type: 'string', default: '0.05' },
    care: { type: 'string', default: '0' },
  },
});
const runs = Number(values.runs);
const careRuns = Number(values.care);
if (careRuns > 0) {
  await killCare(careRuns);
  process.exit();
}
await using both = await orgAndLake({ scenario: values.scenario, scale: Number(values.scale) });
const { lines, calls } = await undisturbed(both);
console.log(`A sync of ${values.scenario} makes ${calls} calls and ${lines} steps. Killing ${runs} of them.`);
const results: CrashResult[] = [];
for (let run = 1; run <= runs; run++) {
  const after = 1 + Math.floor(Math.random() * lines);
  results.push(await crash(both, { after, victim: Math.random() < 0.2 ? 'worker' : 'sync' }, calls));
  if (run % 25 === 0 || run === runs) console.log(summary(results));
}

function summary(results: readonly CrashResult[]): string {
  const of = (victim: string): number => results.filter((result) => result.killed && result.victim === victim).length;
  const late = results.filter((result) => !result.killed).length;
  const wasted = Math.max(...results.map((result) => result.wastedCalls));
  return `${results.length} runs: ${of('sync')} syncs and ${of('worker')} lake workers killed, ${late} had ended; every lake whole; at most ${wasted} calls wasted`;
}

async function killCare(count: number): Promise<void> {
  await using lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
  await using crashes = await CareCrashes.of(lab);
  const killed = new Map<string, number>();
  for (let run = 1; run <= count; run++) {
    const task = TASKS[run % TASKS.length] ?? 'prune';
    const result = await crashes.crash(task, Math.random());
    if (result.killed) killed.set(task, (killed.get(task) ?? 0) + 1);
    if (run % 20 === 0 || run === count) console.log(`${String(run)} runs, killed:`, Object.fromEntries(killed));
  }
}
