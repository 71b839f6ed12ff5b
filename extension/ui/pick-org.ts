import * as vscode from 'vscode';
import type { AuthorizationSummary } from '../org/authorization.ts';
import { loginNamed, orgIdIn, orgIdMeant } from '../org/meant-org.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { askPick } from './asked.ts';
import type { HostBase } from './host-base.ts';
import { LAST_ADMIN, LAST_ORG } from './ids.ts';
import { targetOf, type OrgTarget } from './org-target.ts';
import { label } from './plain.ts';

interface OrgItem extends vscode.QuickPickItem {
  readonly org: string;
}

/** The org that a command was called for: its argument, or the org of the tree item that it was called on. */
export function orgFrom(argument: unknown): string | undefined {
  if (typeof argument === 'string' && argument !== '') return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { org, target } = argument as { org?: unknown; target?: unknown };
  return orgFrom(org ?? target);
}

/**
 * The alias or username to work with: the wanted one, else the setting where there is one, else picked from those that
 * sf is authorized for.
 * @param wanted an alias, a username or an organization id
 * @throws OrgwatchError ORG_UNKNOWN when sf is authorized for none, CANCELLED when none was picked
 */
export async function pickOrg(host: HostBase, wanted?: string): Promise<string> {
  if (wanted !== undefined) return loginOf(wanted);
  const set = await host.selected.read();
  if (set !== undefined) return set;
  return askForOrg(host);
}

/** The same, with the org's id, which is read from the login, and the folder of its lake where a tree item knows it. */
export async function pickTarget(host: HostBase, argument?: unknown): Promise<OrgTarget> {
  const given = targetOf(argument);
  if (given) return given;
  const org = await pickOrg(host, orgFrom(argument));
  const { openAuthorization } = await import('../org/authorization.ts');
  const { identity } = await openAuthorization(org);
  return { org, orgId: identity.orgId, dataDir: undefined };
}

/** @throws OrgwatchError as pickOrg */
export async function askForOrg(host: HostBase): Promise<string> {
  return ask(host, LAST_ORG, await authorizations(), vscode.l10n.t('An org that the Salesforce CLI is authorized for'));
}

/**
 * The login of an administrator: always asked for, because the one that collects is seldom one.
 * @param wanted an alias, a username or an organization id: only logins of that org are offered
 * @throws OrgwatchError ORG_UNKNOWN when sf is authorized for none, CANCELLED when none was picked
 */
export async function pickAdmin(host: HostBase, wanted?: string): Promise<string> {
  const all = await authorizations();
  const orgId = wanted === undefined ? undefined : orgIdMeant(wanted, all);
  const offered = orgId === undefined ? all : all.filter((each) => each.orgId === orgId);
  return ask(host, LAST_ADMIN, offered, vscode.l10n.t('A login as System Administrator of the org to change'));
}

/** The id of the org that an alias, a username or an id stands for; undefined when sf is not authorized for it. */
export async function orgIdOf(wanted: string): Promise<string | undefined> {
  const { listAuthorizations } = await import('../org/authorization.ts');
  return orgIdIn(wanted) ?? orgIdMeant(wanted, await listAuthorizations());
}

async function loginOf(wanted: string): Promise<string> {
  const meant = await meantBy(wanted);
  return meant === undefined ? wanted : labelOf(meant);
}

async function meantBy(wanted: string): Promise<AuthorizationSummary | undefined> {
  const { listAuthorizations } = await import('../org/authorization.ts');
  const logins = await listAuthorizations();
  return loginNamed(wanted, logins) ?? logins.find(({ orgId }) => orgId === orgIdIn(wanted));
}

async function authorizations(): Promise<readonly AuthorizationSummary[]> {
  const { listAuthorizations } = await import('../org/authorization.ts');
  const found = await listAuthorizations();
  if (found.length > 0) return found;
  throw new OrgwatchError('ORG_UNKNOWN', vscode.l10n.t('The Salesforce CLI is not authorized for any org yet.'), {
    actions: [vscode.l10n.t('Authorize one with “sf org login web”.')],
  });
}

/** The last picked login comes first. */
async function ask(
  host: HostBase,
  memory: string,
  offered: readonly AuthorizationSummary[],
  placeHolder: string,
): Promise<string> {
  const last = host.memory.get<string>(memory);
  const items = offered.map(itemOf).sort((left, right) => Number(right.org === last) - Number(left.org === last));
  const { org } = await askPick(items, {
    title: vscode.l10n.t('Orgwatch: Select Org'),
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await host.memory.update(memory, org);
  return org;
}

function itemOf(login: AuthorizationSummary): OrgItem {
  const org = labelOf(login);
  return {
    org,
    label: label(org),
    ...(org === login.username ? {} : { description: label(login.username) }),
    detail: label(login.instanceUrl),
    iconPath: new vscode.ThemeIcon('cloud'),
  };
}

function labelOf({ username, aliases }: AuthorizationSummary): string {
  return aliases[0] ?? username;
}
