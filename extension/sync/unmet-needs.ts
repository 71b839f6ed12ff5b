import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { HOUR } from '../shared/utc.ts';
import type { Need } from '../sources/needs.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import type { RunParts, SourceRun } from './source-run.ts';

/** What the user holds is asked anew after this long. */
const HELD_MS = HOUR;

/** Name under which the ledger keeps the fields of UserPermissionAccess that are false, and when they were asked for. */
const OBJECT = 'UserPermissionAccess';

/** Its fields for all permissions that any source knows how to use. */
const FIELDS = [
  ...new Set(SOURCES.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf.map(({ name }) => fieldOf(name))))),
];

/**
 * The needs of a source that its user does not meet; undefined when that cannot be found out. One call at most, and
 * none for an hour after: what the user lacks is remembered. Object Reference, UserPermissionAccess: any user may ask.
 */
export async function unmetNeeds(run: SourceRun, source: Source): Promise<readonly Need[] | undefined> {
  if (source.needs.length === 0) return [];
  const missing = await missingPermissions(run);
  return missing && source.needs.filter(({ anyOf }) => anyOf.every(({ name }) => missing.has(fieldOf(name))));
}

/** Sources of one run wait for one answer. */
const asking = new WeakMap<RunParts, Promise<ReadonlySet<string> | undefined>>();

function missingPermissions(run: SourceRun): Promise<ReadonlySet<string> | undefined> {
  const answer = asking.get(run.parts) ?? findMissing(run);
  asking.set(run.parts, answer);
  return answer;
}

async function findMissing(run: SourceRun): Promise<ReadonlySet<string> | undefined> {
  const { ledger, clock, log, door } = run.parts;
  const known = ledger.windows.absentFields(OBJECT, clock.now() - HELD_MS);
  if (known.size > 0) return known;
  try {
    const held = await ask(run, door);
    const missing = FIELDS.filter((field) => held?.[field] === false);
    if (held) ledger.transaction(() => ledger.windows.noteAbsent(OBJECT, [OBJECT, ...missing], clock.now()));
    return held && new Set(missing);
  } catch (error) {
    if (!(error instanceof OrgwatchError)) throw error;
    log.info(`What the user may do could not be asked: ${error.message}`);
    return undefined;
  }
}

async function ask(run: SourceRun, door: Door): Promise<Readonly<Record<string, unknown>> | undefined> {
  const options = { purpose: t('query {0}', OBJECT), onCall: run.onCall, signal: run.parts.signal };
  for await (const page of door.query(`SELECT ${FIELDS.join(', ')} FROM ${OBJECT}`, options)) return page.records[0];
  return undefined;
}

function fieldOf(permission: string): string {
  return `Permissions${permission}`;
}
