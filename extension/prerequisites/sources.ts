import { t } from '@vscode/l10n';
import { list, sentences } from '../shared/wording.ts';
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
import { administrator, nothing, prepare, verifyAs } from './wording.ts';

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
  get title() {
    return t('Every source of Sync answers');
  },
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
  const answer = answerOf(answers, source.name);
  const missing = unmetNeeds(answers, source.name);
  const unmet = missing.filter(isMetByConnector);
  const said = own ? words(answer) : t('only a login of {0} itself tells what it sees', username);
  const evidence = missing.length === 0 ? t('{0}.', said) : t('{0}; {1}.', said, list(missing.map(describe)));
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
  return sentences(...[...said].map(([evidence, names]) => `${list(names)}: ${evidence}`));
}

function describe(need: Need): string {
  return t('without {0} it lacks {1}', permissionsOf(need), need.costs());
}

function words(answer: Answer<SourceAnswer>): string {
  return valueOf(answer)?.said ?? t('no answer, {0}', (refusalOf(answer)?.reason ?? '').replace(/[.!?。]$/, ''));
}

function answerOf(answers: Answers, source: string): Answer<SourceAnswer> {
  return answers.sources.get(source) ?? { refused: nothing() };
}

function remedyOf(answers: Answers, states: readonly SourceState[]): Remedy {
  const unmet = states.flatMap((each) => each.unmet);
  if (unmet.length > 0) {
    const wanted = [...new Set(unmet.map(permissionsOf))];
    return administrator(
      PLACES.profiles,
      t('give {0}', list(wanted)),
      prepare(answers, 'connector-profile', 'assign-profile'),
    );
  }
  if (!answers.account.own) return verifyAs(answers.account.username);
  const refused = SOURCES.flatMap(({ name }) => refusalOf(answerOf(answers, name)) ?? []);
  const found = refused[0] === undefined ? undefined : caseOf(refused[0]);
  return {
    text: sentences(
      t('See the lines above: what refuses a source is put right there.'),
      found?.remedy() ?? t('Then run Verify again.'),
    ),
    who: found?.who ?? 'administrator',
  };
}
