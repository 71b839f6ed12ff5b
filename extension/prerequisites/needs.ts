import { t } from '@vscode/l10n';
import { either } from '../shared/wording.ts';
import { CONNECTOR_CLOSURE } from './connector.ts';
import { API_ENABLED, MANAGE_USERS, type Need as SourceNeed } from '../sources/needs.ts';
import { SOURCES } from '../sources/registry.ts';
import { holds, type Answers } from './answers.ts';

/** What a source takes of its user: one of these permissions, and what stays out of sight without it. */
export interface Need extends SourceNeed {
  readonly source: string;
  /** False where only an ornament of the source is lost. */
  readonly whole: boolean;
}

/** What the sources of Sync take. LoginGeo: Object Reference, only Manage Users. */
const NEEDS: readonly Need[] = [
  ...SOURCES.flatMap(({ name, needs }) => [
    { source: name, anyOf: [API_ENABLED], costs: () => t('everything'), whole: true },
    ...needs.map((need) => ({ ...need, source: name, whole: true })),
  ]),
  { source: 'login_history', anyOf: [MANAGE_USERS], costs: () => t('the places of sign-ins'), whole: false },
];

/** What of the sources a missing permission costs: the needs that it would meet and nothing else does. */
export function costOf(answers: Answers, permission: string): readonly Need[] {
  return NEEDS.filter(
    ({ anyOf }) =>
      anyOf.some(({ name }) => name === permission) && !anyOf.some(({ name }) => holds(answers, name) === true),
  );
}

/** The needs of a source that the account is known not to meet. */
export function unmetNeeds(answers: Answers, source: string): readonly Need[] {
  return NEEDS.filter(
    (need) => need.source === source && need.anyOf.every(({ name }) => holds(answers, name) === false),
  );
}

/** Whether the connector profile would meet it: what it leaves out on purpose is told, but is no shortcoming. */
export function isMetByConnector({ anyOf }: Need): boolean {
  return anyOf.some(({ name }) => CONNECTOR_CLOSURE.includes(name));
}

export function permissionsOf({ anyOf }: Need): string {
  return either(anyOf.map(({ label }) => label));
}
