import * as vscode from 'vscode';
import { OrgwatchError } from '../shared/errors.ts';
import type { Host } from './host.ts';
import { targetOf } from './org-target.ts';
import { runCommand } from './run-command.ts';

interface KindItem extends vscode.QuickPickItem {
  /** Undefined: to be asked for. */
  readonly url: string | undefined;
}

/** Orgwatch: Authorize Org. Runs `sf org login web` in a terminal; the org is listed once sf holds its login. */
export async function authorizeOrg(host: Host, argument?: unknown): Promise<void> {
  const title = vscode.l10n.t('Authorize Org');
  await runCommand(host, title, async () => {
    const known = await knownOrg(host, argument);
    const url = known?.instanceUrl ?? (await pickUrl(title));
    const alias = known?.aliases[0] ?? (await askAlias(title));
    const command = ['sf org login web', `--instance-url ${url}`, ...(alias === '' ? [] : [`--alias ${alias}`])];
    const terminal = vscode.window.createTerminal({ name: 'Salesforce CLI' });
    terminal.show();
    terminal.sendText(command.join(' '));
  });
}

/** An org of the tree is authorized again as what it was. */
async function knownOrg({ live }: Host, argument: unknown): ReturnType<typeof find> {
  const target = targetOf(argument);
  return target && find(live, target.orgId);
}

async function find(
  live: Host['live'],
  orgId: string,
): Promise<{ readonly instanceUrl: string | undefined; readonly aliases: readonly string[] } | undefined> {
  const org = (await live.orgs.read()).find((each) => each.orgId === orgId);
  const isFit = org?.instanceUrl !== undefined && problemOf(org.instanceUrl) === undefined;
  return isFit ? org : undefined;
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
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Where do you log in?'),
  });
  if (picked === undefined) throw cancelled();
  if (picked.url !== undefined) return picked.url;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Address of your login page'),
    placeHolder: 'https://mycompany.my.salesforce.com',
    validateInput: problemOf,
  });
  if (typed === undefined) throw cancelled();
  return new URL(typed.trim()).origin;
}

/** What is wrong with an address; nothing of it needs quotes in a shell when nothing is. */
function problemOf(typed: string): string | undefined {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  const isLoopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) return undefined;
  return vscode.l10n.t('An address that starts with https:// is needed.');
}

async function askAlias(title: string): Promise<string> {
  const alias = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Alias that you want to call the org by; it may stay empty'),
    validateInput: (typed) =>
      /^[\w.-]*$/.test(typed) ? undefined : vscode.l10n.t('Letters, digits, “.”, “-” and “_” only.'),
  });
  if (alias === undefined) throw cancelled();
  return alias;
}

function cancelled(): OrgwatchError {
  return new OrgwatchError('CANCELLED', vscode.l10n.t('Nothing was authorized.'));
}
