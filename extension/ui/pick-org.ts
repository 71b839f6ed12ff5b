import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';
import type { Host } from './host.ts';
import { LAST_ORG } from './ids.ts';
import { targetOrg } from './settings.ts';

interface OrgItem extends vscode.QuickPickItem {
  readonly org: string;
}

/**
 * The alias or username to work with: the setting where there is one, else picked from those that sf is authorized for.
 * @throws OrgwatchError ORG_UNKNOWN when sf is authorized for none, CANCELLED when none was picked.
 */
export async function pickOrg(host: Host): Promise<string> {
  const set = targetOrg();
  if (set !== undefined) return set;
  const items = await orgItems(host.memory.get<string>(LAST_ORG));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Orgwatch: Select Org'),
    placeHolder: vscode.l10n.t('An org that the Salesforce CLI is authorized for'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) throw new OrgwatchError('CANCELLED', vscode.l10n.t('No org was picked.'));
  await host.memory.update(LAST_ORG, picked.org);
  return picked.org;
}

/** The last picked org comes first. */
async function orgItems(last: string | undefined): Promise<OrgItem[]> {
  const { listAuthorizations } = await import('../org/authorization.ts');
  const authorizations = await listAuthorizations();
  if (authorizations.length === 0) {
    throw new OrgwatchError('ORG_UNKNOWN', vscode.l10n.t('The Salesforce CLI is not authorized for any org yet.'), {
      actions: [vscode.l10n.t('Authorize one with “sf org login web”.')],
    });
  }
  const items = authorizations.map(({ username, aliases, instanceUrl }): OrgItem => {
    const alias = aliases[0];
    return {
      org: alias ?? username,
      label: alias ?? username,
      ...(alias === undefined ? {} : { description: username }),
      detail: instanceUrl.replace(/\/+$/, ''),
      iconPath: new vscode.ThemeIcon('cloud'),
    };
  });
  return items.sort((left, right) => Number(right.org === last) - Number(left.org === last));
}
