import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openSf, type Sf } from '../support/sf.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');

/** Every line of a page that a person would type into a shell, in order. */
async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  const fences = text.matchAll(/^ *```(?:sh)?\n([^]*?)^ *```$/gm);
  return [...fences]
    .flatMap(([, body = '']) => body.split('\n').map((line) => line.trim()))
    .filter((line) => line !== '');
}

for (const page of ['force-app/README.md', 'README.md', 'docs/least-privilege.md'])
  describe(`the commands of ${page}`, function () {
    this.timeout(240_000);
    let home: string;
    let org: SimulatedOrg;
    let sf: Sf;
    let env: NodeJS.ProcessEnv;
    const project = (): string => path.join(home, 'project');

    before(async () => {
      home = await mkdtemp(path.join(tmpdir(), 'orgwatch-page-'));
      org = await startSimulatedOrg({ scenario: 'fresh', scale: 0.02 });
      sf = await openSf({ home: path.join(home, 'home') });
      await mkdir(project());
      for (const part of ['force-app', 'sfdx-project.json'])
        await cp(path.join(root, part), path.join(project(), part), { recursive: true });
      const bin = path.join(home, 'bin');
      await mkdir(bin);
      const commands = { sf: 'node_modules/@salesforce/cli/bin/run.js', orgwatch: 'extension/cli/main.ts' };
      for (const [name, script] of Object.entries(commands)) {
        const text = `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${path.join(root, script)}" "$@"\n`;
        await writeFile(path.join(bin, name), text, { mode: 0o755 });
      }
      env = { ...sf.env, PATH: `${bin}:${process.env['PATH']}`, ORGWATCH_STATE_DIR: path.join(home, 'state') };
    });

    after(async () => {
      await org?.close();
      await rm(home, { recursive: true, force: true });
    });

    /** A login in the browser is the one thing that nobody can type; a token stands in for it. */
    async function login(alias: string): Promise<void> {
      const { accessToken } = /collector|connector/.test(alias) ? org.service : org.admin;
      await sf.loginWithAccessToken({ alias, instanceUrl: org.instanceUrl, accessToken });
    }

    it('do what they say', async () => {
      const lines = (await commandsOf(page)).filter((line) => !line.startsWith('bash scripts/'));
      assert.ok(lines.length > 0);
      if (!lines.some((line) => line.startsWith('sf org login'))) await login('admin');
      let before = '';
      for (const line of lines) {
        const [, alias] = /^sf org login web --alias (\S+)$/.exec(line) ?? [];
        if (alias !== undefined) {
          await login(alias);
          continue;
        }
        const [, id = ''] = /\b(0(?:0e|Pa)\w{15})\b/.exec(before) ?? [];
        const typed = line
          .replaceAll('collector@example.com', org.service.username)
          .replace('<the Id from above>', id)
          .replace(/^orgwatch (?:un)?prepare .*/, '$& --yes')
          .replace(/^orgwatch sync .*/, '$& --days 2');
        const { code, stdout, stderr } = await run('bash', ['-c', typed], { cwd: project(), env }).then(
          (ended) => ({ code: 0, ...ended }),
          (error: unknown) => error as { code: number; stdout: string; stderr: string },
        );
        // 1 is Orgwatch's way to say that Verify found something, as it does where little was wanted.
        assert.ok(code === 0 || (code === 1 && typed.startsWith('orgwatch')), `${typed}\n${stdout}${stderr}`);
        before = stdout;
      }
    });
  });
