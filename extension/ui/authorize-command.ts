import * as vscode from 'vscode';
import { cancelled } from '../shared/abort.ts';
import { knownLoginOrigin, loginOrigin } from './addresses.ts';
import { askPick, askText } from './asked.ts';
import type { Host } from './host.ts';
import { targetOf } from './org-target.ts';
import type { KnownOrg } from './orgs/known-orgs.ts';
import { runCommand } from './run-command.ts';
import { isAlias } from './terminal-words.ts';
import { typeInTerminal } from './terminal.ts';

interface KindItem extends vscode.QuickPickItem {
  /** Undefined: to be asked for. */
  readonly url: string | undefined;
}

/** Orgwatch: Authorize Org. Runs `sf org login web` in a terminal; the org is listed once sf holds its login. */
export async function authorizeOrg(host: Host, argument?: unknown): Promise<void> {
  const title = vscode.l10n.t('Authorize Org');
  await runCommand(host, title, async () => {
    const known = await knownOrg(host, argument);
    const url = knownLoginOrigin(known?.instanceUrl ?? '') ?? (await pickUrl(title));
    const alias = known?.aliases.find(isAlias) ?? (await askAlias(title));
    const named = alias === '' ? [] : ['--alias', alias];
    typeInTerminal(['sf', 'org', 'login', 'web', '--instance-url', url, ...named], true);
  });
}

/** An org of the tree is authorized again as what it was; where its ledger names another address, a person is asked. */
async function knownOrg({ live }: Host, argument: unknown): Promise<KnownOrg | undefined> {
  const target = targetOf(argument);
  return target && (await live.orgs.read()).find(({ orgId }) => orgId === target.orgId);
}

async function pickUrl(title: string): Promise<string> {
  const items: readonly KindItem[] = [
    {
      label: vscode.l10n.t('Production or Developer Edition'),
      description: 'login.salesforce.com',
      url: 'https://login.salesforce.com',
    },
    { label: vscode.l10n.t('Sandbox'), description: 'test.salesforce.com', url: 'https://test.salesforce.com' },
    {
      label: vscode.l10n.t('Custom Domain'),
      description: vscode.l10n.t('the address of your own login page'),
      url: undefined,
    },
  ];
  const placeHolder = vscode.l10n.t('Where do you log in?');
  const { url } = await askPick(items, { title, placeHolder });
  if (url !== undefined) return url;
  const typed = await askText({
    title,
    prompt: vscode.l10n.t('Address of your login page'),
    placeHolder: 'https://mycompany.my.salesforce.com',
    validateInput: problemOf,
  });
  return loginOrigin(typed) ?? Promise.reject(cancelled());
}

/** What is wrong with an address. */
function problemOf(typed: string): string | undefined {
  if (loginOrigin(typed) !== undefined) return undefined;
  return vscode.l10n.t('An address that starts with https:// is needed.');
}

async function askAlias(title: string): Promise<string> {
  return askText({
    title,
    prompt: vscode.l10n.t('Alias that you want to call the org by; it may stay empty'),
    validateInput: (typed) =>
      typed === '' || isAlias(typed) ? undefined : vscode.l10n.t('Letters, digits, “.”, “-” and “_” only.'),
  });
}
