import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { list } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answers, SignIn } from './answers.ts';
import type { Finding } from './finding.ts';
import { PLACES } from './places.ts';
import { ADMIN_ALIAS } from './report.ts';
import { inSetup } from './wording.ts';

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
  const addresses = new Set(interactive.map(({ address }) => address)).size;
  return [
    {
      outcome: 'warning',
      evidence:
        addresses === 1
          ? t(
              "Somebody signed in to Salesforce's user interface with it on {0} of the last 30 days, from 1 address: it looks shared with a person.",
              days.size,
            )
          : t(
              "Somebody signed in to Salesforce's user interface with it on {0} of the last 30 days, from {1} addresses: it looks shared with a person.",
              days.size,
              addresses,
            ),
      remedy: {
        ...inSetup(PLACES.users, 'New User'),
        text: t('Give Orgwatch an account of its own: `{0}`.', CREATE),
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
      evidence: t(
        'Its last sign-in, {0} from {1}, did not succeed. Login History says: {2}.',
        new Date(last.time).toISOString(),
        last.address,
        list(words),
      ),
      remedy: inSetup(PLACES.loginHistory, t('see what refuses {0}', answers.account.username)),
    },
  ];
}
