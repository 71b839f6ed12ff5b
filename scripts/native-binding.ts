import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules/.cache/orgwatch/bindings');

/** The platforms that a VSIX is made for, in VS Code's words and Node's alike. */
export const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'] as const;
export type Target = (typeof TARGETS)[number];

interface Locked {
  readonly version: string;
  readonly integrity: string;
}

/**
 * Lays the package with DuckDB's native binding for a platform into a folder, whatever the platform at work is. It comes
 * from npm, once, and has to be what package-lock.json says.
 */
export async function layNativeBinding(target: Target, folder: string): Promise<void> {
  const name = `@duckdb/node-bindings-${target}`;
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (!locked) throw new Error(`package-lock.json has no ${name}`);
  const tarball = await fetchTarball(name, locked);
  await mkdir(folder, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  if (target.startsWith('darwin-')) await keepOneArchitecture(path.join(folder, 'libduckdb.dylib'), target);
}

async function fetchTarball(name: string, { version, integrity }: Locked): Promise<string> {
  await mkdir(cache, { recursive: true });
  const file = path.join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  const isRight = async (): Promise<boolean> => {
    const bytes = await readFile(file).catch(() => undefined);
    return bytes !== undefined && `sha512-${createHash('sha512').update(bytes).digest('base64')}` === integrity;
  };
  if (await isRight()) return file;
  await run('npm', ['pack', `${name}@${version}`, '--pack-destination', cache, '--silent'], {
    shell: process.platform === 'win32',
  });
  if (!(await isRight())) throw new Error(`${name}@${version} is not what package-lock.json says`);
  return file;
}

const CPU_TYPES: Readonly<Record<string, number>> = { 'darwin-x64': 0x0100_0007, 'darwin-arm64': 0x0100_000c };

/**
 * Cuts a universal Mach-O library down to one architecture, signature included: half of it would never be loaded.
 * The head, big-endian: 0xcafebabe, number of slices, and for each: CPU type, subtype, offset, size, alignment
 * (mach-o/fat.h).
 */
async function keepOneArchitecture(file: string, target: Target): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.readUInt32BE(0) !== 0xcafe_babe) return;
  for (let slice = 0; slice < bytes.readUInt32BE(4); slice++) {
    const at = 8 + slice * 20;
    if (bytes.readUInt32BE(at) !== CPU_TYPES[target]) continue;
    const offset = bytes.readUInt32BE(at + 8);
    await writeFile(file, bytes.subarray(offset, offset + bytes.readUInt32BE(at + 12)));
    return;
  }
  throw new Error(`${file} has nothing for ${target}`);
}
