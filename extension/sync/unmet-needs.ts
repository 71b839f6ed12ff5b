import { t } from '@vscode/l10n';
import { isRefusal } from '../org/refusal.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { DAY, HOUR } from '../shared/utc.ts';
import type { Need } from '../sources/needs.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import type { RunParts, SourceRun } from './source-run.ts';

/** What the user holds is asked again after this long, and which permissions the org has. */
const HELD_MS = HOUR;
const OFFERED_MS = 7 * DAY;

/** Names under which the ledger keeps which fields of UserPermissionAccess are false, or not there, and since when. */
const OBJECT = 'UserPermissionAccess';
const NOT_OFFERED = 'UserPermissionAccess without';

/** Its fields for all permissions that any source knows how to use. */
const FIELDS = [
  ...new Set(SOURCES.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf.map(({ name }) => fieldOf(name))))),
];

/** Fields of UserPermissionAccess, by what they say. */
interface Missing {
  readonly missing: ReadonlySet<string>;
  readonly notOffered: ReadonlySet<string>;
}

/**
 * The needs of a source that its user does not meet; undefined when that cannot be found out. One call at most, and
 * none for an hour after: what the user lacks is remembered. Object Reference, UserPermissionAccess: any user may ask. A
 * need of which the org has no permission at all is not the user's to meet.
 */
export async function unmetNeeds(run: SourceRun, source: Source): Promise<readonly Need[] | undefined> {
  if (source.needs.length === 0) return [];
  const found = await missingPermissions(run);
  if (found === undefined) return undefined;
  const { missing, notOffered } = found;
  return source.needs.filter(({ anyOf }) => {
    const offered = anyOf.map(({ name }) => fieldOf(name)).filter((field) => !notOffered.has(field));
    return offered.length > 0 && offered.every((field) => missing.has(field));
  });
}

/** Without it, the source has less than what is wanted of it. */
export function isRequired({ isOptional }: Need): boolean {
  return isOptional !== true;
}

/** Sources of one run wait for one answer. */
const asking = new WeakMap<RunParts, Promise<Missing | undefined>>();

function missingPermissions(run: SourceRun): Promise<Missing | undefined> {
  const answer = asking.get(run.parts) ?? findMissing(run);
  asking.set(run.parts, answer);
  return answer;
}

async function findMissing(run: SourceRun): Promise<Missing | undefined> {
  const { ledger, clock, log } = run.parts;
  const known = ledger.windows.absentFields(OBJECT, clock.now() - HELD_MS);
  const notOffered = (): ReadonlySet<string> => ledger.windows.absentFields(NOT_OFFERED, clock.now() - OFFERED_MS);
  if (known.size > 0) return { missing: known, notOffered: notOffered() };
  try {
    const held = await ask(run, notOffered());
    if (held === undefined) return undefined;
    const missing = FIELDS.filter((field) => held[field] === false);
    ledger.transaction(() => ledger.windows.noteAbsent(OBJECT, [OBJECT, ...missing], clock.now()));
    return { missing: new Set(missing), notOffered: notOffered() };
  } catch (error) {
    if (!(error instanceof OrgwatchError)) throw error;
    log.info(`What the user may do could not be asked: ${error.message}`);
    return undefined;
  }
}

/** The one record of UserPermissionAccess, with those of its fields that the org has. */
async function ask(
  run: SourceRun,
  notOffered: ReadonlySet<string>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { door, ledger, clock, signal } = run.parts;
  const fields = FIELDS.filter((field) => !notOffered.has(field));
  const options = { purpose: t('query {0}', OBJECT), onCall: run.onCall, signal };
  try {
    for await (const page of door.query(`SELECT ${fields.join(', ')} FROM ${OBJECT}`, options)) return page.records[0];
    return undefined;
  } catch (error) {
    const named = fields.find(
      (field) => isRefusal(error, 'INVALID_FIELD') && error.cause.message.includes(`'${field}'`),
    );
    if (named === undefined) throw error;
    ledger.transaction(() => ledger.windows.noteAbsent(NOT_OFFERED, [named], clock.now()));
    return ask(run, new Set([...notOffered, named]));
  }
}

function fieldOf(permission: string): string {
  return `Permissions${permission}`;
}
