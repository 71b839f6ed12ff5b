import { SOURCES } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answer, Answers, SourceAnswer } from './answers.ts';
import { hasLeastPrivilege } from './least-privilege.ts';
import { isMetByConnector, permissionsOf, unmetNeeds, type Need } from './needs.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite, Remedy } from './prerequisite.ts';
import { caseOf } from './refusal-remedies.ts';
import { administrator, list, prepare } from './wording.ts';

const NOTHING: Answer<SourceAnswer> = { refused: { code: 'INTERNAL', reason: 'nothing' } };

/**
 * `lacks`: a permission is missing without which most or all of it stays away; `partly`: an ornament of it does;
 * `unasked`: Orgwatch has no calls left, or only the account itself is told.
 */
type State = 'answers' | 'partly' | 'lacks' | 'refused' | 'unasked';

interface SourceState {
  readonly name: string;
  readonly state: State;
  readonly evidence: string;
  /** What the connector profile would bring. */
  readonly unmet: readonly Need[];
}

/** Each source of Sync, asked for a day: what it answers this account, and which permission is missing. */
export const sources: Prerequisite = {
  id: 'sources',
  title: 'Every source of Sync answers',
  judge(answers) {
    const states = SOURCES.map((source) => stateOf(answers, source));
    const evidence = describeAll(states);
    const some = (...wanted: readonly State[]): boolean => states.some(({ state }) => wanted.includes(state));
    const remedy = remedyOf(answers, states);
    if (some('lacks')) return hasLeastPrivilege(answers) ? warning(evidence, remedy) : fail(evidence, remedy);
    if (!some('answers', 'partly')) return unknown(evidence, remedy);
    if (some('refused', 'partly')) return warning(evidence, remedy);
    return some('unasked') ? unknown(evidence, remedy) : pass(evidence);
  },
};

function stateOf(answers: Answers, source: Source): SourceState {
  const { own, username } = answers.account;
  const answer = answers.sources.get(source.name) ?? NOTHING;
  const missing = unmetNeeds(answers, source.name);
  const unmet = missing.filter(isMetByConnector);
  const said = own ? words(answer) : `only a login of ${username} itself tells what it sees`;
  const evidence = `${said}${missing.length === 0 ? '' : `; ${list(missing.map(describe))}`}.`;
  const state = (): State => {
    if (unmet.some(({ whole }) => whole)) return 'lacks';
    if (!own || refusalOf(answer)?.code === 'QUOTA_RESERVED') return 'unasked';
    if (valueOf(answer) === undefined) return 'refused';
    return unmet.length === 0 ? 'answers' : 'partly';
  };
  return { name: source.name, state: state(), evidence, unmet };
}

/** One sentence for each thing that is said, with the sources of which it is said. */
function describeAll(states: readonly SourceState[]): string {
  const said = new Map<string, string[]>();
  for (const { name, evidence } of states) said.set(evidence, [...(said.get(evidence) ?? []), name]);
  return [...said].map(([evidence, names]) => `${list(names)}: ${evidence}`).join(' ');
}

function describe(need: Need): string {
  return `without ${permissionsOf(need)} it lacks ${need.costs}`;
}

function words(answer: Answer<SourceAnswer>): string {
  return valueOf(answer)?.said ?? `no answer, ${(refusalOf(answer)?.reason ?? '').replace(/[.!?]$/, '')}`;
}

function remedyOf(answers: Answers, states: readonly SourceState[]): Remedy {
  const unmet = states.flatMap((each) => each.unmet);
  if (unmet.length > 0) {
    const wanted = [...new Set(unmet.map(permissionsOf))];
    return administrator(
      PLACES.profiles,
      `give ${list(wanted)}`,
      prepare(answers, 'connector-profile', 'assign-profile'),
    );
  }
  if (!answers.account.own) {
    const command = `orgwatch verify --target-org ${answers.account.username}`;
    return { text: `Authorize sf as ${answers.account.username}, then run \`${command}\`.`, who: 'you', command };
  }
  const refused = SOURCES.flatMap(({ name }) => refusalOf(answers.sources.get(name) ?? NOTHING) ?? []);
  const found = refused[0] === undefined ? undefined : caseOf(refused[0]);
  return {
    text: `See the lines above: what refuses a source is put right there. ${found?.remedy ?? 'Then run Verify again.'}`,
    who: found?.who ?? 'administrator',
  };
}
