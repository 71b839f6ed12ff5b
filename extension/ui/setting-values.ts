import path from 'node:path';

/**
 * Values of settings, each of the type and within the range that package.json says: VS Code marks others in the editor
 * of settings, and hands them over all the same.
 */

/** Longer texts are none that a person wrote there. */
const LONGEST = 1000;
const MOST = 1000;

export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > LONGEST ? undefined : text;
}

/** A number within a range; the nearest one where it is outside, undefined where it is none. */
export function numberOf(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && !Number.isNaN(value) ? Math.min(most, Math.max(least, value)) : undefined;
}

/** The same, whole. */
export function wholeOf(value: unknown, least: number, most: number): number | undefined {
  const number = numberOf(value, least, most);
  return number === undefined ? undefined : Math.round(number);
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.slice(0, MOST).flatMap((each) => textOf(each) ?? []) : [];
}

export function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise: T): T {
  return known.find((each) => each === value) ?? otherwise;
}

/**
 * A folder as it is set: an absolute one, or one inside of the workspace folder. Undefined for one that leads out of it,
 * or that no file system takes.
 */
export function folderOf(value: unknown, otherwise: string): string | undefined {
  const folder = textOf(value) ?? (typeof value === 'string' && value.length > LONGEST ? undefined : otherwise);
  if (folder === undefined || folder.includes('\0')) return undefined;
  if (path.isAbsolute(folder)) return folder;
  const inside = path.normalize(folder);
  return inside === '..' || inside.startsWith(`..${path.sep}`) ? undefined : folder;
}
