import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { shellWord } from '../shared/shell.ts';
import type { Answers, Refusal } from './answers.ts';
import type { Place } from './places.ts';
import type { Remedy } from './prerequisite.ts';
import { ADMIN_ALIAS } from './report.ts';

/** Evidence of a question that Salesforce did not answer. */
export function notAnswered(what: string, refusal: Refusal): string {
  return sentences(t('{0} could not be read.', what), answered(refusal));
}

/** Where a question was neither answered nor refused. */
export function nothing(): Refusal {
  return { code: 'INTERNAL', reason: t('nothing') };
}

/** Salesforce's own words, as a sentence; what did not come from Salesforce is not put into its mouth. */
export function answered({ reason, errorCode, error }: Refusal): string {
  const sentence = /[.!?。]$/.test(reason) ? reason : `${reason}.`;
  if (errorCode !== undefined || error === undefined) return t('Salesforce answered: {0}', sentence);
  return sentence;
}

/** The command that puts one or more steps of preparation right. */
export function prepare(answers: Pick<Answers, 'account'>, ...steps: readonly string[]): string {
  const only = steps.map((step) => ` --only ${step}`).join('');
  return `orgwatch prepare --target-org ${ADMIN_ALIAS} --service-account ${shellWord(answers.account.username)}${only}`;
}

export function deploy(folder: string): string {
  return `sf project deploy start --source-dir ${folder} --target-org ${ADMIN_ALIAS}`;
}

/** The command that changes one field of the account. */
export function updateUser(answers: Answers, values: string): string {
  const where = quoted(`Username='${answers.account.username}'`);
  return `sf data update record --sobject User --where ${where} --values ${quoted(values)} --target-org ${ADMIN_ALIAS}`;
}

/** In double quotes, as everybody writes it, but for what a shell would take for more than a text: names are the org's. */
function quoted(text: string): string {
  return /^[\w@%+=:,./'-]+$/.test(text) ? `"${text}"` : shellWord(text);
}

/** Remedy of an administrator: one command, the same with sf alone where that is possible, and the place in Setup. */
export function administrator(place: Place, doWhat: string, command: string, withSf?: string): Remedy {
  const text = sentences(
    t('A System Administrator runs `{0}`.', command),
    withSf === undefined ? '' : t('With sf alone: `{0}`.', withSf),
    byHand(place, doWhat),
  );
  return { text, who: 'administrator', place, command };
}

/** Remedy of an administrator that only Setup has. */
export function inSetup(place: Place, doWhat: string): Remedy {
  return { text: t('A System Administrator: Setup › {0} › {1}.', place.path, doWhat), who: 'administrator', place };
}

/** Remedy of whoever runs Orgwatch. */
export function yours(text: string, command?: string): Remedy {
  return { text, who: 'you', ...(command === undefined ? {} : { command }) };
}

/** Remedy of what only the account itself is told. */
export function verifyAs(username: string): Remedy {
  const command = `orgwatch verify --target-org ${shellWord(username)}`;
  return yours(t('Authorize sf as {0}, then run `{1}`.', username, command), command);
}

/** `deployed; 25 permissions`; empty ones are left out. */
export function facts(...said: readonly string[]): string {
  return said.filter((fact) => fact !== '').reduce((all, next) => (all === '' ? next : t('{0}; {1}', all, next)), '');
}

/** Where to look oneself, for what Verify could not find out. */
export interface Look extends Remedy {
  /** The same, where something else is to be done first. */
  readonly byHand: string;
}

export function lookAt(place: Place, what: string): Look {
  const text = t('Look at Setup › {0} › {1}.', place.path, what);
  return { text, byHand: byHand(place, what), who: 'administrator', place };
}

function byHand(place: Place, doWhat: string): string {
  return t('By hand: Setup › {0} › {1}.', place.path, doWhat);
}
