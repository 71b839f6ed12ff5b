import type { Answers, Refusal } from './answers.ts';
import { ADMIN_ALIAS } from './report.ts';

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(value: number, noun: string): string {
  return `${integers.format(value)} ${noun}${value === 1 ? '' : 's'}`;
}

export function number(value: number): string {
  return integers.format(value);
}

export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Evidence of a question that Salesforce did not answer. */
export function notAnswered(what: string, refusal: Refusal): string {
  return `${what} could not be read. ${answered(refusal)}`;
}

/** Salesforce's own words, as a sentence. */
export function answered({ reason }: Refusal): string {
  return `Salesforce answered: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`;
}

/** Remedy in Setup or by command, for who may do it. */
export function administrator(setup: string, command: string): string {
  return `A System Administrator changes it in Setup › ${setup}, or with \`${command}\`.`;
}

export function deploy(folder: string): string {
  return `sf project deploy start --source-dir ${folder} --target-org ${ADMIN_ALIAS}`;
}

/** The command that changes one field of the running user. */
export function updateUser(answers: Answers, values: string): string {
  return `sf data update record --sobject User --where "Username='${answers.org.username}'" --values "${values}" --target-org ${ADMIN_ALIAS}`;
}

/** What to do about an unknown outcome that follows from a missing permission. */
export function afterPermissions(byHand: string): string {
  return `Put the permissions right first (see the permission lines), then run Verify again. By hand: ${byHand}.`;
}
