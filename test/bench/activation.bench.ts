import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { runInside } from '../vscode-host/inside.ts';
import { median, type Bench } from './bench.ts';

const root = path.join(import.meta.dirname, '../..');
const WINDOWS = 3;
const TARGET_MS = 50;

/**
 * What Orgwatch costs whoever starts VS Code: milliseconds until its activate() has finished, as VS Code itself measures
 * them, beside those of Emmet, an extension that every VS Code has. Wants dist/ and the VS Code that scripts/test.sh built.
 */
export const activation: Bench = {
  name: 'activation',
  async run({ folder }) {
    const suite = path.join(root, 'node_modules/.cache/orgwatch/activation-suite.cjs');
    await build({
      entryPoints: [path.join(import.meta.dirname, 'activation-suite.ts')],
      outfile: suite,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    });
    const times = new Map<string, number[]>();
    for (let window = 0; window < WINDOWS; window++) {
      const place = path.join(folder, String(window));
      const workspace = path.join(place, 'workspace');
      await mkdir(workspace, { recursive: true });
      const page = path.join(place, 'page.md');
      const env = { ...process.env, HOME: place, ORGWATCH_PERF_PAGE: page };
      await runInside({ folder: place, workspace, extension: root, suite, env });
      for (const [name, spent] of readTimes(await readFile(page, 'utf8')))
        times.set(name, [...(times.get(name) ?? []), spent]);
    }
    const [ours = NaN, emmet = NaN] = ['orgwatch.orgwatch', 'vscode.emmet'].map((name) =>
      median(times.get(name) ?? []),
    );
    const measured = `${ours} ms, Emmet ${emmet} ms: ${(ours / emmet).toFixed(2)}×`;
    return [{ what: 'until activate() has finished', measured, target: `≤ ${TARGET_MS} ms`, met: ours <= TARGET_MS }];
  },
};

/** Rows `id, eager, load code, call activate, finish activate, …` of the page's table. */
function readTimes(page: string): [string, number][] {
  const lines = page.slice(page.indexOf('Extension Activation Stats')).split('\n');
  return lines.flatMap((line): [string, number][] => {
    const [name = '', , load, call, finish] = line
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
    const spent = [load, call, finish].map(Number);
    return /^\w+\.[\w-]+$/.test(name) && spent.every(Number.isFinite) ? [[name, spent.reduce((a, b) => a + b, 0)]] : [];
  });
}
