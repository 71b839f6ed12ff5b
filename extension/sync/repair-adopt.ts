import { t } from '@vscode/l10n';
import path from 'node:path';
import { listDisk } from '../lake/check-disk.ts';
import { readProvenance, type SealedProvenance } from '../lake/provenance.ts';
import { SOURCES } from '../sources/registry.ts';
import { measureAll, problemOf, rawFile } from './check-raw.ts';
import type { RepairRun } from './repair-run.ts';

interface Stray {
  readonly path: string;
  readonly storedBytes: number;
  readonly provenance: SealedProvenance;
}

/**
 * Takes raw files into the ledger that it does not know, as landed, the oldest first; those that are not as they landed
 * are set aside, and what they held is fetched again. Files of other orgs and files that say nothing of themselves stay
 * where they are, untouched.
 * @returns the provenance of those that were taken in
 */
export async function adoptRaw(run: RepairRun): Promise<readonly SealedProvenance[]> {
  const { ledger } = run.parts;
  const orgId = path.basename(ledger.paths.folder);
  const known = new Set(ledger.care.storedFiles().map(({ path }) => path));
  const strays: Stray[] = [];
  for (const { path: file, layer, kind, bytes } of (await listDisk(ledger.paths)).files.values()) {
    if (layer !== 'raw' || kind !== 'data' || known.has(file)) continue;
    const provenance = await readProvenance(run.parts.storage.folder, file);
    if (provenance && provenance.orgId === orgId) strays.push({ path: file, storedBytes: bytes, provenance });
  }
  strays.sort((a, b) => compare(a.provenance.landedAt, b.provenance.landedAt) || compare(a.path, b.path));
  const damaged: (readonly [Stray, string])[] = [];
  const sound: Stray[] = [];
  await measureAll(
    run,
    strays,
    (stray) => rawFile(run, stray.path, stray.provenance.page === undefined),
    (stray, found) => {
      const problem = problemOf(stray.provenance, found);
      if (problem === undefined) sound.push(stray);
      else damaged.push([stray, problem]);
    },
  );
  for (const stray of sound) await adopt(run, stray);
  for (const [stray, problem] of damaged) {
    await run.setAside(stray.path, problem);
    askAgain(run, stray.provenance);
  }
  return sound.map(({ provenance }) => provenance);
}

async function adopt(run: RepairRun, stray: Stray): Promise<void> {
  const { ledger } = run.parts;
  const { storedBytes, provenance } = stray;
  const { source, sha256, bytes, eventLogFile, page } = provenance;
  const at = Date.parse(provenance.landedAt);
  const landed = { path: stray.path, sha256, bytes, storedBytes };
  const isNew = ledger.transaction(() => {
    if (!ledger.org()) ledger.noteOrg(provenance, at);
    if (page) {
      const isSnapshot = SOURCES.some(({ name, kind }) => name === source && kind === 'snapshot');
      const identity = isSnapshot ? `${sha256}@${String(page.eventFrom)}` : sha256;
      const { rows, eventFrom, eventTo } = page;
      return ledger.files.landPage({ ...landed, source, identity, rows, eventFrom, eventTo }, at);
    }
    if (!eventLogFile) return false;
    ledger.files.discover({ source, ...eventLogFile }, at);
    const id = ledger.care.awaited(source, eventLogFile.identity);
    if (id !== undefined) ledger.files.land(id, landed, at);
    return id !== undefined;
  });
  if (isNew) run.adopted++;
  else await run.setAside(stray.path, t('The ledger has the same pull in another file.'));
}

/** What a damaged file held is fetched by the next sync. */
function askAgain(run: RepairRun, { source, landedAt, eventLogFile, page }: SealedProvenance): void {
  const { ledger } = run.parts;
  ledger.transaction(() => {
    if (eventLogFile) {
      if (ledger.files.discover({ source, ...eventLogFile }, Date.parse(landedAt))) run.filesToFetch++;
    } else if (page && SOURCES.some(({ name, kind }) => name === source && kind === 'records')) {
      ledger.windows.add(source, page.eventFrom, page.eventTo + 1);
      run.spansToFetch++;
    }
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
