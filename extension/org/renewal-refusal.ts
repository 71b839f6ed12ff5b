import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { replaced, TOKENS } from '../shared/redact.ts';
import { shellWord } from '../shared/shell.ts';
import { bare } from './transfer-error.ts';

/** Whose session could not be renewed, as a person knows it. */
export interface Login {
  readonly target: string;
  readonly instanceUrl: string | undefined;
}

/** Words of `error_description`, or OAuth's `error`, and what to do. OAuth 2.0 error codes of Salesforce's help. */
const REASONS: readonly { readonly says: RegExp; readonly remedy: () => string }[] = [
  {
    says: /inactive organization/i,
    remedy: () =>
      t(
        'The org is inactive, deleted or locked: ask your Salesforce account executive. For a sandbox that was refreshed, log in to the new one.',
      ),
  },
  {
    says: /inactive user|user (?:is )?frozen/i,
    remedy: () => t('The user is not active: a System Administrator activates it in Setup › Users.'),
  },
  {
    says: /ip restricted|ip not allowed/i,
    remedy: () =>
      t(
        'This machine may not log in from its address: a System Administrator looks at the login IP ranges of the profile and the IP relaxation of the connected app.',
      ),
  },
  {
    says: /login hours|restricted time/i,
    remedy: () =>
      t('The user may not log in at this time: a System Administrator looks at the login hours of its profile.'),
  },
  {
    says: /expired access\/refresh token|token (?:is )?(?:expired|revoked)|invalid refresh token/i,
    remedy: () =>
      t(
        'The refresh token was revoked or has expired: log in again, and see the refresh token policy of the connected app and that it has no more than five logins of this user.',
      ),
  },
  {
    says: /expired authorization code|invalid assertion|audience is invalid|assertion/i,
    remedy: () =>
      t('The JWT was not accepted: check the clock of this machine and the certificate of the connected app.'),
  },
  {
    says: /hasn't approved this consumer|not admin approved|invalid_app_access|app access/i,
    remedy: () =>
      t('The user is not admitted to the connected app: a System Administrator admits its profile or permission set.'),
  },
  {
    says: /invalid_client|client identifier invalid|invalid client credentials|app must be installed/i,
    remedy: () =>
      t(
        'The connected app is gone, blocked or not installed in this org: a System Administrator looks at Setup › Connected Apps OAuth Usage.',
      ),
  },
  {
    says: /authentication failure/i,
    remedy: () => t('The user or its password has changed: log in again.'),
  },
];

/** Salesforce, its edge or the network; none of them says anything of the login. */
const PASSING =
  /ERROR_HTTP_(?:408|420|429|5\d\d)|fetch failed|timed? ?out|socket hang up|retry your request|server_error|temporarily_unavailable|unknown_error|\b(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|ENETUNREACH|EHOSTUNREACH|UND_ERR_\w+)\b/i;

/** An HTML page, or what else is no OAuth error. */
const UNKNOWN_STATUS = /ERROR_HTTP_(\d\d\d)/;

/** What is told of each error of a chain, once. */
function wordsOf(error: unknown): readonly string[] {
  const words: string[] = [];
  for (let each = error; each instanceof Error && words.length < 8; each = each.cause) {
    const { code } = each as NodeJS.ErrnoException;
    words.push(...[each.name, each.message, typeof code === 'string' ? code : ''].filter((text) => text !== ''));
  }
  return [...new Set(words)];
}

/**
 * Why a session could not be renewed: an OrgwatchError that says nothing of the login, or what sf's library throws, in whose
 * message are OAuth's `error` and `error_description`, for a JWT those of all tries.
 * @returns SESSION_EXPIRED with the reason and a remedy; ORG_UNREACHABLE (retryable) where nothing was said of the login
 */
export function renewalRefused(error: unknown, { target, instanceUrl }: Login): OrgwatchError {
  const words = wordsOf(error);
  const all = words.join('\n');
  const login = `sf org login web --alias ${shellWord(target)}${instanceUrl ? ` --instance-url ${shellWord(instanceUrl)}` : ''}`;
  const again = t('Log in again: {0}', login);
  const cause = error instanceof Error ? { cause: bare(error) } : {};
  const isUnanswered = error instanceof OrgwatchError;
  if (isUnanswered && !error.retryable) return error;
  const known = isUnanswered ? undefined : REASONS.find(({ says }) => says.test(all));
  if (isUnanswered || (known === undefined && PASSING.test(all))) {
    const status = UNKNOWN_STATUS.exec(all)?.[1];
    const said = isUnanswered ? shown(error.message) : lastLine(words);
    const what = status === undefined ? (said ?? '') : t('status {0}', status);
    const message = t('The session of {0} cannot be renewed at the moment: {1}.', target, what);
    return new OrgwatchError('ORG_UNREACHABLE', message, {
      actions: [
        t('Try again later; https://status.salesforce.com tells of incidents.'),
        t('Check that {0} can be reached from this machine, and the proxy settings.', instanceUrl ?? 'Salesforce'),
      ],
      retryable: true,
      ...cause,
    });
  }
  const status = known === undefined ? UNKNOWN_STATUS.exec(all)?.[1] : undefined;
  const reason = status === undefined ? (known ? lineWith(all, known.says) : lastLine(words)) : t('status {0}', status);
  const message = reason
    ? t('The session of {0} has expired, and the org refused to renew it: {1}.', target, reason)
    : t('The session of {0} has expired, and the org refused to renew it.', target);
  const proxy =
    status === undefined ? [] : [t('Check that no proxy or firewall between here and Salesforce refuses requests.')];
  return new OrgwatchError('SESSION_EXPIRED', message, {
    actions: [...(known ? [known.remedy()] : proxy), again],
    ...cause,
  });
}

/** The line of a text in which something is said, without secrets and the full stop. */
function lineWith(text: string, says: RegExp): string | undefined {
  return shown(text.split('\n').find((line) => says.test(line)));
}

/** Salesforce's own words are the innermost; a page is not shown. */
function lastLine(words: readonly string[]): string | undefined {
  const said = words.filter((text) => !text.includes('<') && text !== 'Error').at(-1);
  return shown(said?.split('\n').findLast((line) => line.trim() !== ''));
}

function shown(line: string | undefined): string | undefined {
  const text = line === undefined ? '' : replaced(line, TOKENS).trim().replace(/\.$/, '').slice(0, 300);
  return text === '' ? undefined : text;
}
