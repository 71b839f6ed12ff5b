import type { Answers, Refusal } from './answers.ts';
import type { Place } from './places.ts';
import type { Remedy } from './prerequisite.ts';
import { ADMIN_ALIAS } from './report.ts';

export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `A or B`. */
export function either(items: readonly string[]): string {
  return items.join(' or ');
}

/** Evidence of a question that Salesforce did not answer. */
export function notAnswered(what: string, refusal: Refusal): string {
  return `${what} could not be read. ${answered(refusal)}`;
}

/** Salesforce's own words, as a sentence; what did not come from Salesforce is not put into its mouth. */
export function answered({ reason, errorCode, error }: Refusal): string {
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  if (errorCode !== undefined || error === undefined) return `Salesforce answered: ${sentence}`;
  return sentence;
}

/** The command that puts one or more steps of preparation right. */
export function prepare(answers: Pick<Answers, 'account'>, ...steps: readonly string[]): string {
  const only = steps.map((step) => ` --only ${step}`).join('');
  return `orgwatch prepare --target-org ${ADMIN_ALIAS} --service-account ${answers.account.username}${only}`;
}

export function deploy(folder: string): string {
  return `sf project deploy start --source-dir ${folder} --target-org ${ADMIN_ALIAS}`;
}

/** The command that changes one field of the account. */
export function updateUser(answers: Answers, values: string): string {
  return `sf data update record --sobject User --where "Username='${answers.account.username}'" --values "${values}" --target-org ${ADMIN_ALIAS}`;
}

/** Remedy of an administrator: one command, the same with sf alone where that is possible, and the place in Setup. */
export function administrator(place: Place, doWhat: string, command: string, withSf?: string): Remedy {
  const alone = withSf === undefined ? '' : ` With sf alone: \`${withSf}\`.`;
  return {
    text: `A System Administrator runs \`${command}\`.${alone} By hand: Setup › ${place.path} › ${doWhat}.`,
    who: 'administrator',
    place,
    command,
  };
}

/** Remedy of an administrator that only Setup has. */
export function inSetup(place: Place, doWhat: string): Remedy {
  return { text: `A System Administrator: Setup › ${place.path} › ${doWhat}.`, who: 'administrator', place };
}

/** Remedy of whoever runs Orgwatch. */
export function yours(text: string, command?: string): Remedy {
  return { text, who: 'you', ...(command === undefined ? {} : { command }) };
}

/** Where to look oneself, for what Verify could not find out. */
export function lookAt(place: Place, what: string): Remedy {
  return { text: `Look at Setup › ${place.path} › ${what}.`, who: 'administrator', place };
}
