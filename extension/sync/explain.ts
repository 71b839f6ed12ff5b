import { t } from '@vscode/l10n';
import { either, list, sentences } from '../shared/wording.ts';
import type { NamedPermission, Need } from '../sources/needs.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';

/** Why a source has nothing or little, in no language: the ledger keeps it so. */
export type Why =
  /**
   * `nothing`: the user would see it. `nothing-seen`: perhaps it would not. `only-own`: all that came is the user's own, and
   * perhaps it would not see more. `switched-off`: in the org.
   */
  | { readonly because: 'nothing' | 'nothing-seen' | 'only-own' | 'switched-off' }
  /** The first permission of each need that the user does not meet. */
  | { readonly because: 'lacking'; readonly permissions: readonly string[] }
  /** The source whose findings it is asked for by has found nothing yet, as that did not come through. */
  | { readonly because: 'waits' }
  /** Today's snapshot is there. @param at UTC, `05:30` */
  | { readonly because: 'taken'; readonly at: string };

/** The same in words. */
export interface Explanation {
  readonly reason: string;
  readonly actions: readonly string[];
}

/** In the reader's language; undefined for what only another version knows to say. */
export function explain(source: Source, why: Why): Explanation | undefined {
  switch (why.because) {
    case 'nothing':
      return { reason: source.whenEmpty(), actions: [] };
    case 'nothing-seen':
      return { reason: sentences(source.whenEmpty(), ...source.needs.map(mayNeed)), actions: [] };
    case 'only-own':
      return {
        reason: sentences(t('All records that came are about this user itself.'), ...source.needs.map(mayNeed)),
        actions: [t('Run `orgwatch verify`: it says what the user may see.')],
      };
    case 'switched-off':
      return (
        source.whenRefused && {
          reason: source.whenRefused(),
          actions: [t('Run `orgwatch verify`: it says how to switch it on.')],
        }
      );
    case 'lacking': {
      const needs = needsOf(source, why.permissions);
      if (needs.length === 0) return undefined;
      return {
        reason: sentences(...needs.map(lacks)),
        actions: [
          needs.every(({ isOptional }) => isOptional)
            ? t('Give the user the permission {0}, if they are wanted.', list(labelsOf(needs.flatMap(firstOf))))
            : t(
                'Run `orgwatch prepare` as an administrator, or give the user the permission {0}; then sync again.',
                list(labelsOf(needs.flatMap(firstOf))),
              ),
        ],
      };
    }
    case 'waits': {
      const base = source.kind === 'snapshot' && source.paging.by === 'values' ? source.paging.source : '';
      return {
        reason: t('It is asked for by what {0} has found, and that is not known yet.', base),
        actions: [t('Sync {0} first, or both together.', base)],
      };
    }
    case 'taken':
      return {
        reason: t(
          "Today's snapshot was taken at {0} UTC; it is taken once a day, or whenever the source is named.",
          why.at,
        ),
        actions: [],
      };
    default:
      return undefined;
  }
}

/** What the ledger has of a source, in the reader's language where the ledger has more than somebody's words. */
export function retold<
  T extends { readonly source: string; readonly reason: string | null; readonly why?: string | null },
>(outcome: T): T {
  const source = SOURCES.find(({ name }) => name === outcome.source);
  if (!source || !outcome.why) return outcome;
  const why = whyOf(outcome.why);
  return why ? { ...outcome, ...explain(source, why) } : outcome;
}

/** Undefined for what this version would not have written. */
function whyOf(text: string): Why | undefined {
  try {
    const why = JSON.parse(text) as { because?: unknown; permissions?: unknown; at?: unknown } | null;
    const isWhole = why?.because !== 'lacking' || Array.isArray(why.permissions);
    return typeof why?.because === 'string' && isWhole ? (why as Why) : undefined;
  } catch {
    return undefined;
  }
}

function lacks({ anyOf, costs }: Need): string {
  return t('This user lacks {0}: {1} stay out of sight.', either(labelsOf(anyOf)), costs());
}

function mayNeed({ anyOf, costs }: Need): string {
  return t('Or the user may not see it: without {0}, {1} stay out of sight.', either(labelsOf(anyOf)), costs());
}

/** The needs that permissions which were noted as lacking stand for. */
export function needsOf(source: Source, permissions: readonly string[]): readonly Need[] {
  return source.needs.filter((need) => firstOf(need).some(({ name }) => permissions.includes(name)));
}

/** The permission of a need that users are told to give. */
export function firstOf({ anyOf }: Need): readonly NamedPermission[] {
  return anyOf.slice(0, 1);
}

function labelsOf(permissions: readonly NamedPermission[]): readonly string[] {
  return permissions.map(({ label }) => label);
}
