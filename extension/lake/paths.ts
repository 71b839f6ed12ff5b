import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/**
 * A name from an org, made fit for one path segment: letters, digits, `_` and `-` stay, all else becomes
 * `%` and its UTF-8 bytes in hexadecimal, so that different names stay different and none leads anywhere.
 */
export function segment(name: string): string {
  const safe = [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  if (safe.length <= 120) return safe || '%';
  return `${safe.slice(0, 80)}%${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** SQLite's file and those that it may put beside it. */
export const LEDGER_FILES = [
  'ledger.sqlite',
  'ledger.sqlite-wal',
  'ledger.sqlite-shm',
  'ledger.sqlite-journal',
] as const;

/** Where everything of one org lies: `<dataDir>/<orgId>/{raw,lake,ledger.sqlite}`. */
export interface LakePaths {
  /** Absolute folder of the org. */
  readonly folder: string;
  readonly ledger: string;
  /** Folder of raw files, and of Parquet files. */
  readonly raw: string;
  readonly lake: string;
}

export function lakePaths(dataDir: string, orgId: string): LakePaths {
  const folder = path.resolve(dataDir, segment(orgId));
  return {
    folder,
    ledger: path.join(folder, 'ledger.sqlite'),
    raw: path.join(folder, 'raw'),
    lake: path.join(folder, 'lake'),
  };
}

/** Folder of what all lakes on this machine share. `$ORGWATCH_STATE_DIR`, else the platform's place for state. */
export function stateDir(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['ORGWATCH_STATE_DIR']) return path.resolve(env['ORGWATCH_STATE_DIR']);
  // Empty, or beginning nowhere, it would be a place in whatever folder this runs in.
  const home =
    [env['HOME'], os.homedir()].find((each) => each !== undefined && path.isAbsolute(each)) ?? os.userInfo().homedir;
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'orgwatch');
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'orgwatch');
  const state = env['XDG_STATE_HOME'] ?? '';
  return path.join(path.isAbsolute(state) ? state : path.join(home, '.local', 'state'), 'orgwatch');
}

/** A path relative to an org's folder, with `/`, as listings and reports have it. */
export function relativeTo(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, '/');
}

/** Where the records of a unit are kept that could not be read as rows. */
export function quarantineOf(output: string): string {
  return output.replace(/\.parquet$/, '') + '.quarantine.ndjson';
}
