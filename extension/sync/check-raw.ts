import { t } from '@vscode/l10n';
import path from 'node:path';
import type { Ledger } from '../lake/ledger.ts';
import type { StoredFile } from '../lake/ledger-care.ts';
import { isUnreadable, type RawFile, type RawMeasure, type Unreadable } from '../lake/proof.ts';
import { readProvenance, type SealedProvenance } from '../lake/provenance.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import type { CheckParts, CheckRun } from './check-run.ts';

/** Files that the worker reads at a time: few enough that progress moves and a cancellation is heard. */
const AT_A_TIME = 16;

/** Raw files that are as they landed, by id, with their records where those could be counted in the file itself. */
export type SoundRaw = ReadonlyMap<number, number | null>;

/** Holds every raw file that the ledger names against its SHA-256, and names those that it does not know. */
export async function checkRaw(run: CheckRun, ledger: Ledger): Promise<SoundRaw> {
  const stored = ledger.care.storedFiles();
  const sound = new Map<number, number | null>();
  const there: StoredFile[] = [];
  for (const file of stored) {
    if (!run.parts.disk.files.has(file.path)) {
      run.find('raw-missing', file.source, file.path, t('The ledger knows this raw file; it is not there.'), 'repair');
    } else if ((await readProvenance(run.parts.folder, file.path))?.sha256 !== file.sha256) {
      run.find('raw-damaged', file.source, file.path, t('What it says of its origin is not what landed.'), 'repair');
    } else there.push(file);
  }
  await measureAll(
    run,
    there,
    ({ path, eventType }) => rawFile(run, path, eventType !== ''),
    (file, found) => {
      if (!isSound(run, file, found)) return;
      const counts = run.of(file.source);
      counts.rawFiles++;
      counts.rawBytes += file.bytes;
      sound.set(file.id, found.records);
      if (file.state !== 'landed') return;
      run.find(
        'not-published',
        file.source,
        file.path,
        t('This raw file has landed but is not yet in the lake.'),
        'sync',
      );
    },
  );
  const known = new Set(stored.map(({ path }) => path));
  for (const { path: file, layer, kind } of run.parts.disk.files.values()) {
    if (layer !== 'raw' || kind !== 'data' || known.has(file)) continue;
    const provenance = await readProvenance(run.parts.folder, file);
    if (isOwn(run, file, provenance)) {
      run.find('raw-unknown', provenance.source, file, t('The ledger does not know this raw file.'), 'repair');
    }
  }
  return sound;
}

/** False, and a finding, when a file is none of this org's raw files. */
function isOwn(run: CheckRun, file: string, provenance: SealedProvenance | undefined): provenance is SealedProvenance {
  if (provenance?.orgId === path.basename(run.parts.folder.path)) return true;
  const detail = provenance
    ? t('It comes from another org, {0}.', provenance.orgId)
    : t('Nothing in this file says that Orgwatch wrote it.');
  run.find('raw-unknown', null, file, detail, null);
  return false;
}

/** Without a ledger: holds each raw file against the SHA-256 that it carries. */
export async function checkRawAlone(run: CheckRun): Promise<void> {
  const files = [...run.parts.disk.files.values()].filter(({ layer, kind }) => layer === 'raw' && kind === 'data');
  const known = [];
  for (const file of files) {
    const provenance = await readProvenance(run.parts.folder, file.path);
    if (isOwn(run, file.path, provenance)) known.push({ path: file.path, ...provenance });
  }
  await measureAll(
    run,
    known,
    ({ path, page }) => rawFile(run, path, page === undefined),
    (file, found) => {
      if (!isSound(run, file, found)) return;
      run.of(file.source).rawFiles++;
      run.of(file.source).rawBytes += file.bytes;
    },
  );
}

export function rawFile(run: Pick<CheckRun, 'absolute'>, path: string, isCsv: boolean): RawFile {
  return { path: run.absolute(path), format: isCsv ? 'event-log-csv' : 'records' };
}

function isSound(
  run: CheckRun,
  file: Pick<StoredFile, 'source' | 'path' | 'sha256' | 'bytes'>,
  found: RawMeasure | Unreadable,
): found is RawMeasure {
  const problem = problemOf(file, found);
  if (problem !== undefined) run.find('raw-damaged', file.source, file.path, problem, 'repair');
  return problem === undefined;
}

/** What is wrong with a raw file; undefined when it is as it landed. */
export function problemOf(
  file: Pick<StoredFile, 'sha256' | 'bytes'>,
  found: RawMeasure | Unreadable,
): string | undefined {
  if (isUnreadable(found)) return t('It cannot be read: {0}.', found.problem);
  if (found.sha256 === file.sha256) return undefined;
  return t(
    'Its SHA-256 is {0} ({1} bytes); it landed with {2} ({3} bytes).',
    found.sha256,
    found.bytes,
    file.sha256,
    file.bytes,
  );
}

/** Has the worker read files from end to end, and tells what came of each. */
export async function measureAll<F>(
  run: { readonly parts: Pick<CheckParts, 'worker' | 'signal'>; readonly tell: CheckRun['tell'] },
  files: readonly F[],
  asRaw: (file: F) => RawFile,
  then: (file: F, found: RawMeasure | Unreadable) => void,
): Promise<void> {
  const { worker, signal } = run.parts;
  for (let start = 0; start < files.length; start += AT_A_TIME) {
    throwIfCancelled(signal);
    const some = files.slice(start, start + AT_A_TIME);
    const found = await worker.measure(some.map(asRaw), signal);
    for (const [index, file] of some.entries()) {
      const measure = found[index];
      if (measure) then(file, measure);
    }
    run.tell('raw', start + some.length, files.length);
  }
}
