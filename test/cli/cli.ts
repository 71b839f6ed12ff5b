import { spawn } from 'node:child_process';
import path from 'node:path';

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin?: string;
  /** Sent to the process as soon as it has said something on stderr or stdout, or after `signalAfterMs`. */
  readonly signal?: NodeJS.Signals;
  readonly signalAfterMs?: number;
}

const main = path.join(import.meta.dirname, '../../extension/cli/main.ts');

/** Runs the real command, as a process of its own, from the sources. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { env, cwd, stdin = '', signal, signalAfterMs = 0 } = options;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env, cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  child.stdin.end(stdin);
  const timer = signal === undefined ? undefined : setTimeout(() => child.kill(signal), signalAfterMs);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  clearTimeout(timer);
  return { exitCode, stdout, stderr };
}
