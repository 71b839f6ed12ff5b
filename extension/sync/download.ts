import { t } from '@vscode/l10n';
import { SalesforceRefusal } from '../org/refusal.ts';
import type { EventLogRawFile } from '../lake/ledger-files.ts';
import { segment } from '../lake/paths.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { eventLogFacts, provenanceOf } from './provenance.ts';
import type { SourceRun } from './source-run.ts';

/** A file that arrives cut short or damaged is fetched again, so many times in all. */
const TRIES = 3;

/**
 * Brings one event log file to disk; false when the org no longer has it.
 * @throws OrgwatchError DOWNLOAD_INCOMPLETE when it never arrives whole, and what the door and the disk fail with
 */
export async function download(run: SourceRun, file: EventLogRawFile): Promise<boolean> {
  for (let tried = 1; ; tried++) {
    try {
      await fetchAndLand(run, file);
      return true;
    } catch (error) {
      if (isGone(error)) {
        run.parts.ledger.transaction(() => run.parts.ledger.files.mark([file], 'gone'));
        return false;
      }
      if (!(error instanceof OrgwatchError) || error.code !== 'DOWNLOAD_INCOMPLETE' || tried >= TRIES) throw error;
      run.parts.log.warn(`${describe(file)}: ${error.message} Fetching it again.`);
    }
  }
}

async function fetchAndLand(run: SourceRun, file: EventLogRawFile): Promise<void> {
  const { door, storage, ledger, clock, signal } = run.parts;
  const { body } = await door.stream({
    path: `/services/data/v{v}/sobjects/EventLogFile/${encodeURIComponent(file.salesforceId)}/LogFile`,
    headers: { accept: '*/*' },
    purpose: t('download EventLogFile {0}', file.eventType),
    mostBytes: file.declaredBytes ?? undefined,
    onCall: run.onCall,
    signal,
  });
  const before = run.bytes;
  try {
    const landed = await storage.land(rawPath(file), body, {
      expectedBytes: file.declaredBytes ?? undefined,
      provenance: provenanceOf(run, { eventLogFile: eventLogFacts(file) }),
      signal,
      onBytes: (bytes) => {
        run.bytes += bytes;
        run.tell();
      },
    });
    ledger.transaction(() => ledger.files.land(file.id, landed, clock.now()));
    run.files++;
    run.tell();
  } catch (error) {
    run.bytes = before;
    throw error;
  } finally {
    body.destroy();
  }
}

/** A function of what the file is, so that fetching it again overwrites. */
function rawPath(file: EventLogRawFile): string {
  const time = new Date(file.logDate).toISOString();
  const kind = file.interval === 'Hourly' ? `hour-${time.slice(11, 13)}-${String(file.sequence)}` : 'day';
  const folder = `raw/${file.source}/${segment(file.eventType)}/${file.eventDate}`;
  return `${folder}/${kind}-${segment(file.salesforceId)}-${String(file.createdDate)}.csv.zst`;
}

/** Salesforce answers 404 for a file that was replaced or has passed its retention. */
function isGone(error: unknown): boolean {
  return error instanceof OrgwatchError && error.cause instanceof SalesforceRefusal && error.cause.status === 404;
}

function describe(file: EventLogRawFile): string {
  return `${file.eventType} ${file.interval.toLowerCase()} file of ${file.eventDate}`;
}
