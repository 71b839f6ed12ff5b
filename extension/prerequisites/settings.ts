import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import type { Answer, LoginRestrictions } from './answers.ts';
import { refusedByDoor } from './refusal.ts';

type Tree = Record<string, unknown>;

/** Elements of one component, by path; undefined where Salesforce did not send the element. */
export interface Settings {
  flag(...path: string[]): boolean | undefined;
  number(...path: string[]): number | undefined;
  text(...path: string[]): string | undefined;
  /** The elements of that name: none, one or many. */
  list(name: string): readonly Tree[];
}

/**
 * Reads one component with the Metadata API's readMetadata, which needs Modify Metadata.
 * Source: Metadata API Developer Guide, "readMetadata()".
 */
export async function readSettings(
  door: Door,
  type: string,
  fullName: string,
  signal: AbortSignal | undefined,
): Promise<Answer<Settings>> {
  try {
    const result = await door.metadata<{ records?: unknown }>(
      'readMetadata',
      `<readMetadata xmlns="http://soap.sforce.com/2006/04/metadata"><type>${type}</type><fullNames>${fullName}</fullNames></readMetadata>`,
      signal ? { signal } : {},
    );
    const records: unknown = Array.isArray(result.records) ? result.records[0] : result.records;
    if (typeof records !== 'object' || records === null) {
      return { refused: { code: 'RESPONSE_INVALID', reason: t('no {0} in the answer to readMetadata', type) } };
    }
    return { value: settings(records as Tree) };
  } catch (error) {
    return { refused: refusedByDoor(error) };
  }
}

function settings(tree: Tree): Settings {
  return {
    flag(...path) {
      const value = at(tree, path);
      if (value === true || value === 'true') return true;
      return value === false || value === 'false' ? false : undefined;
    },
    number(...path) {
      const value = at(tree, path);
      const parsed = typeof value === 'string' && value !== '' ? Number(value) : value;
      return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
    },
    text(...path) {
      const value = at(tree, path);
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    list(name) {
      const value = tree[name];
      const all: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
      return all.filter((item): item is Tree => typeof item === 'object' && item !== null);
    },
  };
}

const DAYS = {
  monday: () => t('monday'),
  tuesday: () => t('tuesday'),
  wednesday: () => t('wednesday'),
  thursday: () => t('thursday'),
  friday: () => t('friday'),
  saturday: () => t('saturday'),
  sunday: () => t('sunday'),
};
const WHOLE_DAY = 1440;

/** Login hours and IP ranges of a profile. Source: Metadata API Developer Guide, Profile, "ProfileLoginHours". */
export function loginRestrictions(profile: Settings): LoginRestrictions {
  const days = Object.entries(DAYS).map(([day, word]) => ({
    word,
    start: profile.number('loginHours', `${day}Start`),
    end: profile.number('loginHours', `${day}End`),
  }));
  const hours = days.flatMap(({ word, start, end }) =>
    start === undefined || end === undefined || (start === 0 && end >= WHOLE_DAY)
      ? []
      : [t('{0} {1}–{2} h', word(), start / 60, end / 60)],
  );
  return {
    hours,
    ranges: profile
      .list('loginIpRanges')
      .map((range) => `${String(range['startAddress'])}–${String(range['endAddress'])}`),
  };
}

function at(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, name) => (typeof node === 'object' && node !== null ? (node as Tree)[name] : undefined),
    tree,
  );
}
