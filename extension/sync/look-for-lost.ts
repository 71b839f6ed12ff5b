import { t } from '@vscode/l10n';
import type { AsideItem } from '../lake/ledger-aside.ts';
import { eventLogIdsQuery, MOST_IDS } from '../sources/soql.ts';
import type { EventLogSource } from '../sources/source.ts';
import { nameOf } from './missing.ts';
import { isRecord } from './read-page.ts';
import type { SourceRun } from './source-run.ts';

type AsideFile = NonNullable<AsideItem['file']>;

/**
 * Asks whether Salesforce still has the files that have failed so far and are to be tried again. What it no longer has
 * is lost, unless a newer file of the same day has taken its place.
 */
export async function lookForLost(run: SourceRun, source: EventLogSource): Promise<void> {
  const { ledger, clock, log } = run.parts;
  const due = ledger.aside.of(source.name).filter(({ nextTry }) => nextTry <= clock.now());
  for (let from = 0; from < due.length; from += MOST_IDS) {
    const some = due.slice(from, from + MOST_IDS);
    const there = await listed(
      run,
      source,
      some.flatMap(({ file }) => file?.salesforceId ?? []),
    );
    for (const item of some) {
      if (!item.file || there.has(item.file.salesforceId)) continue;
      ledger.transaction(() => ledger.files.mark([item.file as AsideFile], 'gone'));
      if (isReplaced(run, item.file)) continue;
      log.warn(`${nameOf(item)} never came, and Salesforce no longer has it.`);
      run.lost.push(nameOf(item));
    }
  }
}

async function listed(run: SourceRun, source: EventLogSource, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { door, signal } = run.parts;
  const there = new Set<string>();
  const options = { purpose: t('query {0}', source.object), onCall: run.onCall, signal };
  for await (const page of door.query(eventLogIdsQuery(ids), options)) {
    for (const entry of page.records.filter(isRecord)) there.add(String(entry['Id']));
  }
  return there;
}

/** A daily file that was made again has a new Id and a later CreatedDate, and holds all that the old one held. */
function isReplaced(run: SourceRun, { id, eventType, eventDate, interval }: AsideFile): boolean {
  const others = run.parts.ledger.files.eventLogFilesOf(run.source, eventType, eventDate);
  const createdDate = others.find((file) => file.id === id)?.createdDate ?? 0;
  return (
    interval === 'Daily' &&
    others.some((file) => file.interval === 'Daily' && file.state !== 'gone' && file.createdDate > createdDate)
  );
}
