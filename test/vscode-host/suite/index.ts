import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/counting-reporter.ts';
import { suiteReport } from './env.ts';

/** What VS Code calls in its extension host; rejects when a test fails. */
export async function run(): Promise<void> {
  const report = suiteReport();
  if (report !== undefined)
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(report, `${format(...args)}\n`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false, reporter: CountingReporter });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./manifest.ts');
  await import('./verify.ts');
  await import('./problems.ts');
  await import('./sync.ts');
  await import('./raw-file.ts');
  await import('./issue.ts');
  await import('./markdown.ts');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
