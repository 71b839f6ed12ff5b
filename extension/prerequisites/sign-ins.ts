import { DAY } from '../shared/utc.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answers, SignIn } from './answers.ts';
import type { Finding } from './finding.ts';
import { PLACES } from './places.ts';
import { ADMIN_ALIAS } from './report.ts';
import { inSetup, list } from './wording.ts';

const CREATE = `orgwatch prepare --target-org ${ADMIN_ALIAS} --create-service-account --email YOU@EXAMPLE.COM`;
/** Somebody who sets an account up opens Salesforce on a day or two; a person does so on more. */
const DAYS_OF_A_PERSON = 3;

/** What the sign-ins of the account say about who uses it. */
export function signInFindings(answers: Answers): readonly Finding[] {
  const signIns = valueOf(answers.signIns);
  if (signIns === undefined || refusalOf(answers.signIns) !== undefined) return [];
  return [...byAPerson(signIns), ...refused(answers, signIns)];
}

function byAPerson(signIns: readonly SignIn[]): readonly Finding[] {
  // LoginHistory calls a login to the user interface “Application”.
  const interactive = signIns.filter(({ type, status }) => type === 'Application' && status === 'Success');
  const days = new Set(interactive.map(({ time }) => Math.floor(time / DAY)));
  if (days.size < DAYS_OF_A_PERSON) return [];
  const addresses = new Set(interactive.map(({ address }) => address));
  return [
    {
      outcome: 'warning',
      evidence: `Somebody signed in to Salesforce's user interface with it on ${days.size} of the last 30 days, from ${addresses.size} address${addresses.size === 1 ? '' : 'es'}: it looks shared with a person.`,
      remedy: {
        ...inSetup(PLACES.users, 'New User'),
        text: `Give Orgwatch an account of its own: \`${CREATE}\`.`,
        command: CREATE,
      },
    },
  ];
}

/** The last sign-in did not succeed: Salesforce's own words say why. */
function refused(answers: Answers, signIns: readonly SignIn[]): readonly Finding[] {
  const [last] = signIns;
  if (last === undefined || last.status === 'Success') return [];
  const failed = signIns.findIndex(({ status }) => status === 'Success');
  const words = [...new Set(signIns.slice(0, failed === -1 ? undefined : failed).map(({ status }) => status))];
  return [
    {
      outcome: 'warning',
      evidence: `Its last sign-in, ${new Date(last.time).toISOString()} from ${last.address}, did not succeed. Login History says: ${list(words)}.`,
      remedy: inSetup(PLACES.loginHistory, `see what refuses ${answers.account.username}`),
    },
  ];
}
