import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';
import type { OrgIdentity } from './door.ts';
import { toId18 } from './org-id.ts';
import { loadCore } from './salesforce-core.ts';
import { bare, isTooManyFiles, tooManyFiles } from './transfer-error.ts';

/** One login that `sf` holds, without its secrets. */
export interface AuthorizationSummary {
  readonly username: string;
  readonly aliases: readonly string[];
  readonly orgId: string;
  readonly instanceUrl: string;
}

/** A login in use: who it is, and a token that is renewed when it has expired. */
export interface Authorization {
  readonly identity: OrgIdentity;
  /** The access token in use now. Never log it. */
  readonly token: () => string;
  /** Other secrets of this login, to be cut out of what is told. Never log them. */
  readonly secrets?: () => readonly string[];
  /**
   * A token other than the stale one: from sf's store if another process has renewed it, otherwise through `renewing`,
   * which is called just before the one request that this costs.
   * @throws OrgwatchError SESSION_EXPIRED when there is nothing to renew it with, or the org refuses
   */
  renew(stale: string, renewing: () => Promise<void>): Promise<string>;
}

/** The logins that `sf` holds on this machine, by username. Makes no request. */
export function listAuthorizations(): Promise<readonly AuthorizationSummary[]> {
  return reading(readAuthorizations);
}

async function readAuthorizations(): Promise<readonly AuthorizationSummary[]> {
  const { StateAggregator } = await loadCore();
  await StateAggregator.clearInstanceAsync();
  const state = await StateAggregator.getInstance();
  const logins = await state.orgs.readAll();
  return logins
    .flatMap((login) =>
      login.username && login.orgId && login.instanceUrl
        ? [
            {
              username: login.username,
              aliases: state.aliases.getAll(login.username),
              orgId: toId18(login.orgId),
              instanceUrl: withoutSlash(login.instanceUrl),
            },
          ]
        : [],
    )
    .sort((a, b) => a.username.localeCompare(b.username));
}

/**
 * The login for an alias or username; without one, for sf's own `target-org`. Makes no request.
 * @throws OrgwatchError ORG_UNKNOWN, with the logins that there are
 */
export function openAuthorization(target: string | undefined): Promise<Authorization> {
  return reading(() => openNow(target));
}

async function openNow(target: string | undefined): Promise<Authorization> {
  const { AuthInfo, ConfigAggregator, StateAggregator } = await loadCore();
  const known = await readAuthorizations();
  const state = await StateAggregator.getInstance();
  const wanted = target ?? (await ConfigAggregator.create()).getPropertyValue<string>('target-org') ?? undefined;
  if (wanted === undefined || wanted === null) throw noTarget(known);
  const username = state.aliases.resolveUsername(wanted);
  if (!known.some((login) => login.username === username)) throw unknownOrg(wanted, known);

  const open = async () => {
    const info = await AuthInfo.create({ username });
    const { isDevHub } = info.getFields();
    // A renewal would ask the org each time whether it is a Dev Hub: a call that nobody counts, for an answer sf has.
    Object.assign(info, { determineIfDevHub: async () => isDevHub ?? false });
    return info;
  };
  let info = await open();
  const fields = info.getFields();
  let renewal: Promise<string> | undefined;

  const renewNow = async (stale: string, renewing: () => Promise<void>): Promise<string> => {
    await StateAggregator.clearInstanceAsync();
    info = await open();
    const { accessToken, refreshFn } = info.getConnectionOptions();
    if (accessToken && accessToken !== stale) return accessToken;
    if (!refreshFn)
      throw expired(
        wanted,
        fields.instanceUrl,
        t('The session of {0} has expired, and this login has nothing to renew it with.', wanted),
      );
    await renewing();
    return new Promise((resolve, reject) => {
      // jsforce's type wants a connection here; AuthInfo does not look at it.
      void refreshFn(undefined as never, async (error, token) => {
        if (typeof token === 'string') resolve(token);
        else
          reject(
            expired(
              wanted,
              fields.instanceUrl,
              t('The session of {0} has expired, and the org refused to renew it.', wanted),
              error,
            ),
          );
      });
    });
  };

  return {
    identity: {
      orgId: toId18(fields.orgId ?? ''),
      username,
      userId: fields.userId,
      instanceUrl: withoutSlash(fields.instanceUrl ?? ''),
      requestedAs: wanted,
      renewal: fields.privateKey ? 'jwt' : fields.refreshToken ? 'refresh-token' : 'none',
      clientId: fields.clientId,
    },
    token: () => info.getConnectionOptions().accessToken ?? '',
    secrets: () => {
      const { accessToken, refreshToken, clientSecret } = info.getFields(true);
      return [accessToken, refreshToken, clientSecret].filter((secret) => secret !== undefined);
    },
    renew: (stale, renewing) => {
      renewal ??= reading(() => renewNow(stale, renewing)).finally(() => (renewal = undefined));
      return renewal;
    },
  };
}

/** sf's store is files, and code that is loaded: where no file can be opened, that passes. */
async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isTooManyFiles(error)) throw error;
    throw tooManyFiles(t('The logins that sf holds cannot be read'), error);
  }
}

/** `sf org login access-token` keeps the slash that it was given. */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function expired(target: string, instanceUrl: string | undefined, message: string, cause?: unknown): OrgwatchError {
  const login = `sf org login web --alias ${shellWord(target)}${instanceUrl ? ` --instance-url ${shellWord(instanceUrl)}` : ''}`;
  return new OrgwatchError('SESSION_EXPIRED', message, {
    actions: [t('Log in again: {0}', login)],
    ...(cause instanceof Error ? { cause: bare(cause) } : {}),
  });
}

function unknownOrg(target: string, known: readonly AuthorizationSummary[]): OrgwatchError {
  return new OrgwatchError('ORG_UNKNOWN', t('sf holds no login for {0}.', target), {
    actions: [t('Log in: {0}', `sf org login web --alias ${shellWord(target)}`), ...namesOf(known)],
  });
}

function noTarget(known: readonly AuthorizationSummary[]): OrgwatchError {
  return new OrgwatchError('ORG_UNKNOWN', t('No org was named, and sf has no target-org.'), {
    actions: [t('Name one with --target-org, or set one: {0}', 'sf config set target-org <alias>'), ...namesOf(known)],
  });
}

function namesOf(known: readonly AuthorizationSummary[]): readonly string[] {
  if (known.length === 0) return [t('sf holds no login on this machine yet.')];
  return [t('Logins that sf holds: {0}.', known.map((login) => login.aliases[0] ?? login.username).join(', '))];
}
