import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';
import type { OrgIdentity } from './door.ts';
import { damagedLogin, loginNotStored } from './login-files.ts';
import { toId18 } from './org-id.ts';
import { renewalRefused, type Login } from './renewal-refusal.ts';
import { loadCore } from './salesforce-core.ts';
import { isLoginHost, mayFollow } from './salesforce-host.ts';
import { jwtForm, requestToken, type TokenAnswer } from './token-request.ts';
import { isTooManyFiles, tooManyFiles } from './transfer-error.ts';

/** One login that `sf` holds, without its secrets. */
export interface AuthorizationSummary {
  readonly username: string;
  readonly aliases: readonly string[];
  readonly orgId: string;
  readonly instanceUrl: string;
}

/** A login in use: who it is, and a token that is renewed when it has expired. */
export interface Authorization {
  /** Its address changes when the org's does. */
  readonly identity: OrgIdentity;
  /** The access token in use now. Never log it. */
  readonly token: () => string;
  /** Other secrets of this login, to be cut out of what is told. Never log them. */
  readonly secrets?: () => readonly string[];
  /**
   * A token other than the stale one: from sf's store if another process has renewed it, otherwise through `renewing`,
   * which is called just before the one request that this costs.
   * Where the org has another address by now, the identity has it, too.
   * @throws OrgwatchError SESSION_EXPIRED when there is nothing to renew it with, or the org refuses; ORG_UNREACHABLE
   *   (retryable) when nobody could be asked; ACCESS_REFUSED when the new address is not Salesforce's; DISK_FULL or
   *   DATA_FOLDER_DENIED when sf's login cannot be stored
   */
  renew(stale: string, renewing: () => Promise<void>): Promise<string>;
  /** Keeps another address of the same org, in sf's login as well; undefined where it cannot be kept. */
  readonly move?: (instanceUrl: string) => Promise<void>;
}

/** sf's library waits 35 s for another process that renews the same session, and four minutes for a host that has no address. */
const LONGEST_RENEWAL_MS = 120_000;

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

/** Why sf shows no login for an alias or username, where a file of sf is damaged; undefined where there is none. */
export function whyNoLogin(wanted: string): Promise<OrgwatchError | undefined> {
  return reading(async () => {
    const { StateAggregator } = await loadCore();
    const { aliases } = await StateAggregator.getInstance();
    return damagedLogin(aliases.resolveUsername(wanted), wanted);
  }, wanted);
}

/**
 * The login for an alias or username; without one, for sf's own `target-org`. Makes no request.
 * @throws OrgwatchError ORG_UNKNOWN, with the logins that there are
 */
export function openAuthorization(target: string | undefined): Promise<Authorization> {
  return reading(() => openNow(target), target);
}

async function openNow(target: string | undefined): Promise<Authorization> {
  const { AuthInfo, ConfigAggregator, StateAggregator } = await loadCore();
  const known = await readAuthorizations();
  const state = await StateAggregator.getInstance();
  const wanted = target ?? (await ConfigAggregator.create()).getPropertyValue<string>('target-org') ?? undefined;
  if (wanted === undefined || wanted === null) throw noTarget(known);
  const username = state.aliases.resolveUsername(wanted);
  if (!known.some((login) => login.username === username)) {
    throw (await damagedLogin(username, wanted)) ?? unknownOrg(wanted, known);
  }

  /** The first that went wrong in a renewal: sf's library tries other login hosts after it, and keeps the texts only. */
  let failure: unknown;
  /** Whether a token was given: whatever goes wrong then is no refusal. */
  let granted = false;
  /** Where a renewed session is said to be, when no token may be sent there. */
  let strange: string | undefined;

  const ask = async (loginUrl: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer> => {
    try {
      const answer = await requestToken(loginUrl, form);
      granted = true;
      const to = withoutSlash(answer.instance_url);
      if (to === identity.instanceUrl || isLoginHost(to) || mayFollow(identity.instanceUrl, to)) return answer;
      // sf's library stores what it is given, for the next run and for sf: the token is good, and a rotated one the only one.
      strange = to;
      return { ...answer, instance_url: identity.instanceUrl };
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };

  /** What a renewal by refresh token changes in sf's login. */
  const refresh = async (login: Readonly<Record<string, string | undefined>>) => {
    const { clientId = 'PlatformCLI', clientSecret, refreshToken = '', loginUrl } = login;
    const answer = await ask(loginUrl ?? 'https://login.salesforce.com', {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: refreshToken,
      ...(clientSecret ? { client_secret: clientSecret } : {}),
    });
    return {
      username,
      orgId: answer.id.split('/').at(-2),
      accessToken: answer.access_token,
      instanceUrl: answer.instance_url,
      refreshToken: answer.refresh_token ?? refreshToken,
    };
  };

  const open = async () => {
    const info = await AuthInfo.create({ username });
    const { isDevHub } = info.getFields();
    Object.assign(info, {
      // A renewal would ask the org each time whether it is a Dev Hub: a call that nobody counts, for an answer sf has.
      determineIfDevHub: async () => isDevHub ?? false,
      // Nor what kind of org it is, at an address that nobody has looked at yet.
      determineOrgUnlessSupplied: async () => undefined,
      // sf's library ends this process where a token answer breaks off: it reads it as a stream whose errors nobody hears.
      buildRefreshTokenConfig: refresh,
      tryJwtAuth: (clientId: string, loginUrl: string, audience: string, privateKey: string) =>
        ask(loginUrl, jwtForm(clientId, username, audience, privateKey)),
    });
    // What cannot be deciphered is told now, not when the first request needs it.
    info.getConnectionOptions();
    return info;
  };
  let info = await open();
  const fields = info.getFields();
  let identity: OrgIdentity = {
    orgId: toId18(fields.orgId ?? ''),
    username,
    userId: fields.userId,
    instanceUrl: withoutSlash(fields.instanceUrl ?? ''),
    requestedAs: wanted,
    renewal: fields.privateKey ? 'jwt' : fields.refreshToken ? 'refresh-token' : 'none',
    clientId: fields.clientId,
  };
  let renewal: Promise<string> | undefined;

  /** Takes the address over that the login has by now, where it is one of the same org. */
  const takeAddress = (): void => {
    const { orgId, instanceUrl } = info.getFields();
    const to = withoutSlash(instanceUrl ?? '');
    if (orgId !== undefined && identity.orgId !== '' && toId18(orgId) !== identity.orgId) throw ofAnotherOrg(orgId);
    // Where the address cannot be resolved yet, sf's library falls back on the host that logins go to.
    if (to === identity.instanceUrl || to === '' || isLoginHost(to)) return;
    if (!mayFollow(identity.instanceUrl, to)) throw strangeAddress(to);
    identity = { ...identity, instanceUrl: to };
  };

  const renewNow = async (stale: string, renewing: () => Promise<void>): Promise<string> => {
    await StateAggregator.clearInstanceAsync();
    info = await reading(open, wanted);
    const { accessToken, refreshFn } = info.getConnectionOptions();
    const login = { target: wanted, instanceUrl: identity.instanceUrl };
    if (accessToken && accessToken !== stale) {
      takeAddress();
      return accessToken;
    }
    if (!refreshFn) throw notRenewable(login);
    await renewing();
    failure = strange = undefined;
    granted = false;
    const token = await new Promise<string>((resolve, reject) => {
      const late = new Error(t('no answer in time'), { cause: new Error('ETIMEDOUT') });
      const timer = setTimeout(() => reject(renewalRefused(late, login)), LONGEST_RENEWAL_MS);
      // jsforce's type wants a connection here; AuthInfo does not look at it.
      void refreshFn(undefined as never, async (error, renewed) => {
        clearTimeout(timer);
        if (typeof renewed === 'string') return resolve(renewed);
        const trouble = loginNotStored(error);
        if (trouble instanceof Error && (granted || trouble !== error)) return reject(trouble);
        reject(renewalRefused(failure instanceof OrgwatchError ? failure : error, login));
      });
    });
    if (strange !== undefined) throw strangeAddress(strange);
    takeAddress();
    return token;
  };

  return {
    get identity() {
      return identity;
    },
    token: () => info.getConnectionOptions().accessToken ?? '',
    secrets: () => {
      const { accessToken, refreshToken, clientSecret } = info.getFields(true);
      return [accessToken, refreshToken, clientSecret].filter((secret) => secret !== undefined);
    },
    renew: (stale, renewing) => {
      renewal ??= renewNow(stale, renewing).finally(() => (renewal = undefined));
      return renewal;
    },
    move: async (instanceUrl) => {
      try {
        await info.save({ instanceUrl });
      } catch (error) {
        throw loginNotStored(error);
      }
      identity = { ...identity, instanceUrl };
    },
  };
}

/** sf's store is files, and code that is loaded: where no file can be opened, that passes; a damaged one does not. */
async function reading<T>(work: () => Promise<T>, target?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OrgwatchError) throw error;
    if (isTooManyFiles(error)) throw tooManyFiles(t('The logins that sf holds cannot be read'), error);
    throw (await damagedLogin(undefined, target, error)) ?? error;
  }
}

/** `sf org login access-token` keeps the slash that it was given. */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function notRenewable({ target, instanceUrl }: Login): OrgwatchError {
  const message = t('The session of {0} has expired, and this login has nothing to renew it with.', target);
  const login = `sf org login web --alias ${shellWord(target)}${instanceUrl ? ` --instance-url ${shellWord(instanceUrl)}` : ''}`;
  return new OrgwatchError('SESSION_EXPIRED', message, { actions: [t('Log in again: {0}', login)] });
}

function ofAnotherOrg(orgId: string): OrgwatchError {
  return new OrgwatchError('SESSION_EXPIRED', t('The session is of another org: {0}.', orgId), {
    actions: [t('Run the command again: this login is of that org now.')],
  });
}

function strangeAddress(to: string): OrgwatchError {
  return new OrgwatchError(
    'ACCESS_REFUSED',
    t('The renewed session is for {0}, which is no address of Salesforce.', to),
    {
      actions: [t('Check that no proxy between here and Salesforce changes answers.')],
    },
  );
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
