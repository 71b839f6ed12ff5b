import { t } from '@vscode/l10n';
import { messageOf } from '../shared/errors.ts';
import type { Ledger } from './ledger.ts';
import { relativeTo } from './paths.ts';
import { isLakeFile } from './repair-paths.ts';

/**
 * What is wrong with a ledger, so that it is better made again: what SQLite finds in its own file, rows that cannot be read
 * or no longer say what was written, and paths that Orgwatch gives no file. Empty when it is sound.
 */
export function problemsOf(ledger: Ledger): readonly string[] {
  const found = ledger.care.problems();
  if (found.length > 0) return found;
  try {
    for (const source of ledger.windows.sources()) {
      ledger.windows.cursor(source);
      ledger.windows.open(source);
      ledger.scope.publishedFrom(source);
    }
    ledger.runs.latest(Number.MAX_SAFE_INTEGER).forEach(({ id }) => ledger.runs.sourcesOf(id));
    ledger.verifications.latest();
    const misstated = ledger.care.misstated();
    if (misstated[0] !== undefined) return [t('Its entry for {0} contradicts itself', misstated[0])];
    return pathsIn(ledger)
      .filter((file) => !isLakeFile(file))
      .map((file) => t('It names {0}, which is not an Orgwatch file', file));
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Every path that the ledger has, relative to the org's folder. */
function pathsIn({ units, bundles, care, paths }: Ledger): readonly string[] {
  const absolute = [
    ...units.all().map(({ path }) => path),
    ...bundles.all().map(({ path }) => path),
    ...units.garbage(),
  ];
  return [...care.storedFiles().map(({ path }) => path), ...absolute.map((file) => relativeTo(paths.folder, file))];
}
