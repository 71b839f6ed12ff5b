import { t } from '@vscode/l10n';
import type { StoredFile } from '../lake/ledger-care.ts';
import type { Ledger } from '../lake/ledger.ts';
import { readProvenance, type SealedProvenance } from '../lake/provenance.ts';
import { OrgFolder } from '../lake/storage-folder.ts';

/**
 * A raw file carries what the ledger knew of it when it was stored, sealed. Where the ledger says otherwise today, of a file
 * that is the same, it is the ledger that has changed.
 * @returns the first of them; undefined when there is none
 */
export async function contradictionOf({ care, paths }: Ledger): Promise<string | undefined> {
  const folder = new OrgFolder(paths.folder);
  for (const file of care.storedFiles()) {
    const provenance = await readProvenance(folder, file.path).catch(() => undefined);
    if (provenance?.sha256 === file.sha256 && !isSame(file, provenance)) {
      return t('its entry for {0} differs from what the file says of itself', file.path);
    }
  }
  return undefined;
}

function isSame(file: StoredFile, { source, bytes, eventLogFile, page }: SealedProvenance): boolean {
  const isSameFile = file.source === source && file.bytes === bytes;
  if (eventLogFile) {
    return isSameFile && file.eventType === eventLogFile.eventType && file.eventDate === eventLogFile.eventDate;
  }
  const { rows, eventFrom, eventTo } = page ?? {};
  return isSameFile && file.rows === rows && file.eventFrom === eventFrom && file.eventTo === eventTo;
}
