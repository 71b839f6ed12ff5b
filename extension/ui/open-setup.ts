import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';
import { setupAddress } from './addresses.ts';

/**
 * Opens a page of Setup in the browser.
 * @param url as Verify made it from the org's instance URL and a path of ours
 * @throws OrgwatchError INSECURE_URL for an address that is none of the org's
 */
export async function openSetup(url: string, instanceUrl: string): Promise<void> {
  const address = setupAddress(url, instanceUrl);
  if (address === undefined)
    throw new OrgwatchError('INSECURE_URL', vscode.l10n.t('This is no address of the org: {0}', url));
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
