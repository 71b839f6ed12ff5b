import { t } from '@vscode/l10n';
import { SalesforceRefusal } from '../org/refusal.ts';
import type { EventLogRawFile, LandedBytes } from '../lake/ledger-files.ts';
import { segment } from '../lake/paths.ts';
import { incomplete } from '../lake/storage.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { eventLogFacts, provenanceOf } from './provenance.ts';
import type { SourceRun } from './source-run.ts';

/** A file that arrives cut short or damaged is fetched again, so many times in all. */
const TRIES = 3;

/** A body that arrived whole, and not as long as LogFileLength says. */
type OtherLength = Pick<LandedBytes, 'bytes' | 'sha256'>;

/**
 * Brings one event log file to disk; false when the org no longer has it.
 * @throws OrgwatchError DOWNLOAD_INCOMPLETE when it never arrives whole, and what the door and the disk fail with
 */
export async function download(run: SourceRun, file: EventLogRawFile): Promise<boolean> {
  const others: OtherLength[] = [];
  for (let tried = 1; ; tried++) {
    try {
      await fetchAndLand(run, file, others);
      return true;
    } catch (failure) {
      const error = notFound(failure) && !isGone(failure) ? noFile(file, 404) : failure;
      if (isGone(error)) {
        run.gone++;
        run.parts.log.warn(`${describe(file)} is no longer in the org, which had listed it.`);
        run.parts.ledger.transaction(() => run.parts.ledger.files.mark([file], 'gone'));
        return false;
      }
      if (!(error instanceof OrgwatchError) || error.code !== 'DOWNLOAD_INCOMPLETE' || tried >= TRIES) throw error;
      run.parts.log.warn(`${describe(file)}: ${error.message} Fetching it again.`);
    }
  }
}

async function fetchAndLand(run: SourceRun, file: EventLogRawFile, others: OtherLength[]): Promise<void> {
  const { door, storage, ledger, clock, signal } = run.parts;
  const { declaredBytes } = file;
  const { status, headers, body } = await door.stream({
    path: `/services/data/v{v}/sobjects/EventLogFile/${encodeURIComponent(file.salesforceId)}/LogFile`,
    headers: { accept: '*/*' },
    purpose: t('download EventLogFile {0}', file.eventType),
    mostBytes: declaredBytes === null ? undefined : MOST_TIMES * declaredBytes + MOST_MORE,
    onCall: run.onCall,
    signal,
  });
  let came = 0;
  const head = new FileHead();
  try {
    if (status !== 200 || NO_FILE.test(headers.get('content-type') ?? '')) throw noFile(file, status);
    const landed = await storage.land(rawPath(file), body, {
      provenance: provenanceOf(run, { eventLogFile: eventLogFacts(file) }),
      signal,
      look: (chunk) => {
        if (!head.mayBeCsv(chunk)) throw noFile(file, status);
      },
      accept: (whole) => {
        // Not even a header came.
        if (whole.bytes === 0 && declaredBytes !== 0) throw noFile(file, status);
        if (declaredBytes === null || whole.bytes === declaredBytes) return;
        others.push(whole);
        const isSettled = others.length >= TRIES && others.every(({ sha256 }) => sha256 === whole.sha256);
        if (!isSettled) throw incomplete(whole.bytes, declaredBytes);
      },
      onBytes: (bytes) => {
        came += bytes;
        run.bytes += bytes;
        run.tell();
      },
    });
    ledger.transaction(() => ledger.files.land(file.id, landed, clock.now()));
    if (declaredBytes !== null && landed.bytes !== declaredBytes) run.otherLength++;
    run.files++;
    run.tell();
  } catch (error) {
    run.bytes -= came;
    throw error;
  } finally {
    body.destroy();
  }
}

/**
 * That LogFileLength is the length of the body is documented nowhere. Should it be that of the compressed one: log files
 * become 10 to 40 times as long. What is longer still has no end.
 */
const MOST_TIMES = 64;
const MOST_MORE = 16 << 20;

/** The beginning of a body: an event log file is CSV and begins with the name of a column, mostly in quotes. */
class FileHead {
  #isPast = false;

  /** False for what begins as HTML, XML or JSON do, whatever it is said to be. */
  mayBeCsv(chunk: Buffer): boolean {
    if (this.#isPast) return true;
    const text = chunk
      .subarray(0, 256)
      .toString('latin1')
      .replace(/^[\s\u00ef\u00bb\u00bf]+/, '');
    if (text === '') return true;
    this.#isPast = true;
    return !/^[<{[]/.test(text);
  }
}

/** A function of what the file is, so that fetching it again overwrites. */
function rawPath(file: EventLogRawFile): string {
  const time = new Date(file.logDate).toISOString();
  const kind = file.interval === 'Hourly' ? `hour-${time.slice(11, 13)}-${String(file.sequence)}` : 'day';
  const folder = `raw/${file.source}/${segment(file.eventType)}/${file.eventDate}`;
  return `${folder}/${kind}-${segment(file.salesforceId)}-${String(file.createdDate)}.csv.zst`;
}

/** What login pages, edges and errors are; event log files are none of these. */
const NO_FILE = /\b(?:html|json|xml)\b/i;

function noFile({ eventType }: EventLogRawFile, status: number): OrgwatchError {
  const message = t('The answer to “{0}” is no file (status {1}).', t('download EventLogFile {0}', eventType), status);
  return new OrgwatchError('DOWNLOAD_INCOMPLETE', message, {
    actions: [t('Check that no proxy between here and Salesforce changes answers.')],
    retryable: true,
  });
}

/** Salesforce answers so for a file that was deleted, replaced or has passed its retention. */
function isGone(error: unknown): boolean {
  return GONE.has(notFound(error)?.errorCode ?? '');
}

const GONE: ReadonlySet<string> = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED']);

/** The refusal with status 404; where it has another code, something before Salesforce has answered. */
function notFound(error: unknown): SalesforceRefusal | undefined {
  const cause = error instanceof OrgwatchError ? error.cause : undefined;
  return cause instanceof SalesforceRefusal && cause.status === 404 ? cause : undefined;
}

function describe(file: EventLogRawFile): string {
  return `${file.eventType} ${file.interval.toLowerCase()} file of ${file.eventDate}`;
}
