import { ComponentError, type MetadataContent, type MetadataValue } from './metadata-file.ts';
import type { ComplexType } from './metadata-types.ts';
import { findPermission, firstUnmetRequirement, licenseAllows } from './permissions.ts';
import type { MetadataStore, SetupChange } from './store.ts';

/** What deploying one component would do. Nothing is done until `commit`. */
export interface Plan {
  /** Record Id; undefined for settings. */
  readonly id: string | undefined;
  readonly created: boolean;
  readonly changed: boolean;
  readonly changes: readonly Omit<SetupChange, 'userId'>[];
  commit(): void;
}

/**
 * The user permissions that a set has after a file was laid over it: what the file does not mention stays.
 *
 * @throws ComponentError `Unknown user permission`, `The user license doesn't allow the permission`, or `depends on permission(s)`.
 */
export function overlayPermissions(
  store: MetadataStore,
  before: ReadonlySet<string>,
  content: MetadataContent,
  license: string | null,
): Set<string> {
  const after = new Set(before);
  for (const { name, enabled } of userPermissionsIn(content)) {
    if (!store.state.knownPermissions.has(name)) throw new ComponentError(`Unknown user permission: ${name}`);
    if (!enabled) {
      after.delete(name);
      continue;
    }
    if (license !== null && !licenseAllows(license, name)) {
      throw new ComponentError(`The user license doesn't allow the permission: ${name}`);
    }
    after.add(name);
  }
  const unmet = firstUnmetRequirement(after, store.state.scenario.extraRequirements);
  if (unmet !== undefined) {
    throw new ComponentError(
      `Permission ${labelOf(unmet.permission)} depends on permission(s): ${unmet.missing.map(labelOf).join(', ')}`,
    );
  }
  return after;
}

/** The `userPermissions` of a profile or permission set file. */
function userPermissionsIn(content: MetadataContent): { name: string; enabled: boolean }[] {
  return ((content['userPermissions'] ?? []) as readonly MetadataContent[]).map((entry) => ({
    name: String(entry['name']),
    enabled: entry['enabled'] === 'true',
  }));
}

/** The label of a permission in Setup, or its API name where it has none. */
export function labelOf(apiName: string): string {
  return findPermission(apiName)?.label ?? apiName;
}

/** The permissions by which two sets differ, sorted, with what each has become. */
export function permissionChanges(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): { name: string; enabled: boolean }[] {
  return [...new Set([...before, ...after])]
    .filter((name) => before.has(name) !== after.has(name))
    .sort()
    .map((name) => ({ name, enabled: after.has(name) }));
}

/** Makes `target` hold exactly `content`, in place: other records may share the set. */
export function replaceAll(target: Set<string>, content: ReadonlySet<string>): void {
  target.clear();
  for (const item of content) target.add(item);
}

/**
 * Lays the elements of a file over what is there: lists entry by entry where the type knows what identifies an entry,
 * nested objects element by element, anything else by replacing it.
 */
export function overlay(before: MetadataContent, content: MetadataContent, type: ComplexType): MetadataContent {
  const after: Record<string, MetadataValue> = { ...before };
  for (const [name, value] of Object.entries(content)) {
    const spec = type.elements[name];
    if (spec?.key !== undefined) after[name] = overlayList(before[name], value, spec.key);
    else after[name] = value;
  }
  return after;
}

function overlayList(before: MetadataValue | undefined, value: MetadataValue, key: string): MetadataValue {
  const identify = (entry: MetadataValue): string => JSON.stringify((entry as MetadataContent)[key]);
  const entries = new Map<string, MetadataValue>();
  for (const entry of [...asList(before), ...asList(value)]) entries.set(identify(entry), entry);
  return [...entries.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function asList(value: MetadataValue | undefined): readonly MetadataValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly MetadataValue[]) : [value];
}

/** Whether two contents say the same, whatever the order of their elements. */
export function sameContent(a: MetadataValue, b: MetadataValue): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: MetadataValue): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** The elements of a file that are not among `known`. */
export function otherElements(content: MetadataContent, known: readonly string[]): MetadataContent {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !known.includes(name)));
}

/** @throws ComponentError when the text is longer than the field. */
export function checkLength(text: string, max: number): void {
  if (text.length > max) throw new ComponentError(`Value too long for field: Description maximum length is:${max}`);
}
