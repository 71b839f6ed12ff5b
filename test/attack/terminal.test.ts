import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { printable, withoutControls } from '../../extension/cli/terminal.ts';
import { openLedger } from '../../extension/lake/ledger.ts';

const ORG = '00D000000000001AAA';
const MAIN = path.resolve('extension/cli/main.ts');
/** A title set, a colour, the 8-bit CSI, a line rewritten, and text that reads backwards. */
const EVIL = '\u001b]0;pwned\u0007\u001b[31m\u009b2J\rsafe\u202efdp.exe\u2066\u200f\u061c\u007f\u0085';
const SQL = `SELECT ${[...EVIL].map((character) => `chr(${String(character.codePointAt(0))})`).join(' || ')} AS evil`;
/** What may stand in a terminal's output: lines, tabs, our colours and the rewriting of our own line. */
const OURS = /\r+\n|[\n\t]|\u001b\[\d*m|\r\u001b\[2K/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

describe('what is printed, against a terminal', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-terminal-'));
    openLedger(folder, ORG)[Symbol.dispose]();
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const command = (args: readonly string[]): string[] => [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    MAIN,
    ...args,
  ];

  async function run([file = '', ...args]: readonly string[]): Promise<string> {
    const env = { ...process.env, HOME: folder, TERM: 'xterm-256color', NO_COLOR: '' };
    const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    return text(child.stdout);
  }

  /** Runs the command line on a real terminal; all that it wrote there. */
  const onTerminal = (args: readonly string[]): Promise<string> =>
    run(['python3', '-c', 'import pty, sys; pty.spawn(sys.argv[1:])', ...command(args)]);

  const query = (...args: readonly string[]): string[] => ['query', '--data-dir', folder, ...args];

  function assertHarmless(written: string, sample: string): void {
    assert.ok(written.includes(sample), written);
    assert.doesNotMatch(written.replaceAll(OURS, ''), CONTROL);
    assert.ok(!written.includes('\u001b[31mn'), 'no colour that the data brought');
  }

  it('shows a table, CSV, JSON and an error without one control character of the data', async () => {
    assertHarmless(await onTerminal(query(SQL)), 'fdp.exe');
    assertHarmless(await onTerminal(query('--format', 'csv', SQL)), '\\u202efdp.exe');
    assertHarmless(await onTerminal(query(`SELECT * FROM "${EVIL.replaceAll('\u0000', '')}"`)), 'fdp.exe');
    assertHarmless(await onTerminal(query('--file', `no${EVIL}file`)), 'fdp.exe');
  });

  it('prints JSON to a terminal that is the same value', async () => {
    const written = await onTerminal(query('--json', SQL));
    assertHarmless(written, '\\u202efdp.exe');
    const json = written.slice(written.indexOf('{'), written.lastIndexOf('}') + 1);
    assert.deepEqual((JSON.parse(json) as { rows: unknown }).rows, [{ evil: EVIL }]);
  });

  it('gives pipes and files every byte', async () => {
    const csv = await run(command(query('--format', 'csv', SQL)));
    assert.equal(csv, `evil\r\n"${EVIL}"\r\n`);
    const file = path.join(folder, 'out.json');
    await run(command(query('--output', file, SQL)));
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), [{ evil: EVIL }]);
  });

  it('lets no text through that a terminal obeys, whatever it is', () => {
    const nasty = fc.string({
      unit: fc.oneof(fc.constantFrom(...EVIL, '[', ';', '1', 'm'), fc.string({ unit: 'binary' })),
    });
    fc.assert(
      fc.property(nasty, (value) => {
        assert.doesNotMatch(printable(value), CONTROL);
        assert.doesNotMatch(withoutControls(value).replaceAll(/\r\n|[\n\t]/g, ''), CONTROL);
        assert.deepEqual(JSON.parse(withoutControls(JSON.stringify(value))), value);
      }),
    );
    assert.equal(printable('\u001b[31mred\u001b[0m'), 'red');
  });
});
