import { t } from '@vscode/l10n';
import type { StoredFile } from '../lake/ledger-care.ts';
import { sentences } from '../shared/wording.ts';
import { SOURCES } from '../sources/registry.ts';
import type { RecordSource } from '../sources/source.ts';
import type { CheckRun } from './check-run.ts';
import type { RepairRun } from './repair-run.ts';
import { salvage } from './salvage.ts';

/**
 * Raw files that are not there or not as they landed: damaged ones are set aside, and the next sync fetches again what
 * they held. What the lake has of them stays in the lake.
 */
export async function mendRaw(run: RepairRun, check: CheckRun): Promise<void> {
  const stored = new Map(run.parts.ledger.care.storedFiles().map((file) => [file.path, file]));
  for (const finding of check.findings) {
    if (finding.kind !== 'raw-missing' && finding.kind !== 'raw-damaged') continue;
    const file = stored.get(finding.path);
    if (!file) continue;
    await run.setAside(file.path, finding.detail);
    const source = SOURCES.find(({ name }) => name === file.source);
    if (file.eventType !== '') fetchAgain(run, file);
    else if (source?.kind === 'records') await pullAgain(run, check, source, file);
    else {
      run.parts.ledger.transaction(() => run.parts.ledger.care.forgetPage(file.id));
      run.left.push({
        ...finding,
        detail: sentences(finding.detail, t('It showed things as they were: nothing can bring it back.')),
        remedy: null,
      });
    }
  }
}

function fetchAgain(run: RepairRun, file: StoredFile): void {
  const { ledger } = run.parts;
  ledger.transaction(() => ledger.care.fetchAgain(file.id));
  run.filesToFetch++;
}

async function pullAgain(run: RepairRun, check: CheckRun, source: RecordSource, page: StoredFile): Promise<void> {
  const { ledger, clock } = run.parts;
  const kept = await salvage(run, source, page, check.badUnits);
  const to = (page.eventTo ?? 0) + 1;
  ledger.transaction(() => {
    ledger.care.forgetPage(page.id);
    if (kept) ledger.files.landPage(kept, clock.now());
    ledger.windows.add(source.name, page.eventFrom, to);
    // Else the records of the last hour would be taken for known.
    ledger.windows.forgetBefore(source.name, to);
  });
  run.spansToFetch++;
  run.salvagedRows += kept?.rows ?? 0;
}
