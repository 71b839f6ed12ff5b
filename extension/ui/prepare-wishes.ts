import * as vscode from 'vscode';
import type { OrgIdentity } from '../org/door.ts';
import type { Wishes } from '../prerequisites/prepare-plan.ts';
import { STEPS, type StepId } from '../prerequisites/prepare-report.ts';
import { askPick, askText } from './asked.ts';

/** What a remedy already knows; the rest is asked. */
export interface Wanted {
  readonly account?: string;
  readonly only?: readonly StepId[];
}

/** Reads the argument of the command, as a remedy gives it. */
export function wantedFrom(argument: unknown): Wanted {
  if (typeof argument !== 'object' || argument === null) return {};
  const { account, only } = argument as { account?: unknown; only?: unknown };
  const steps = Array.isArray(only) ? STEPS.filter((step) => only.includes(step)) : [];
  return {
    ...(typeof account === 'string' ? { account } : {}),
    ...(steps.length > 0 ? { only: steps } : {}),
  };
}

interface AccountItem extends vscode.QuickPickItem {
  readonly act: 'this' | 'other' | 'create' | 'none';
  readonly username?: string;
}

/**
 * Asks which account is to collect, and how much it may see.
 * @throws OrgwatchError CANCELLED when a question was left
 */
export async function askWishes(admin: OrgIdentity, wanted: Wanted): Promise<Wishes> {
  if (wanted.account !== undefined) {
    return { account: wanted.account, create: undefined, only: wanted.only, leastPrivilege: false };
  }
  const picked = await askPick(await accountItems(admin), accountPick());
  const account = await accountOf(picked, admin);
  if (picked.act === 'none') return { ...account, only: undefined, leastPrivilege: false };
  return { ...account, only: undefined, leastPrivilege: await askLeastPrivilege() };
}

async function accountOf(picked: AccountItem, admin: OrgIdentity): Promise<Pick<Wishes, 'account' | 'create'>> {
  switch (picked.act) {
    case 'none':
      return { account: undefined, create: undefined };
    case 'this':
      return { account: picked.username, create: undefined };
    case 'other':
      return { account: await askEmail(vscode.l10n.t('Username of the account'), ''), create: undefined };
    case 'create':
      return newAccount(admin);
  }
}

async function newAccount({ orgId }: OrgIdentity): Promise<Pick<Wishes, 'account' | 'create'>> {
  const { usernameFor } = await import('../prerequisites/prepare-account.ts');
  const email = await askEmail(vscode.l10n.t('E-mail address that Salesforce writes to about the new account'), '');
  const username = await askEmail(vscode.l10n.t('Username of the new account'), usernameFor(email, orgId));
  return { account: username, create: { username, email, lastName: 'Orgwatch Connector' } };
}

async function accountItems({ orgId, username }: OrgIdentity): Promise<AccountItem[]> {
  const { listAuthorizations } = await import('../org/authorization.ts');
  const known = (await listAuthorizations()).filter((each) => each.orgId === orgId && each.username !== username);
  return [
    ...known.map((each): AccountItem => ({
      act: 'this',
      username: each.username,
      label: each.username,
      description: each.aliases.join(', '),
      iconPath: new vscode.ThemeIcon('account'),
    })),
    { act: 'other', label: vscode.l10n.t('Another existing account…'), iconPath: new vscode.ThemeIcon('search') },
    { act: 'create', label: vscode.l10n.t('Create a service account…'), iconPath: new vscode.ThemeIcon('add') },
    {
      act: 'none',
      label: vscode.l10n.t('Only the org, no account'),
      detail: vscode.l10n.t('Deploys the profile and the settings, and assigns them to nobody.'),
      iconPath: new vscode.ThemeIcon('cloud'),
    },
  ];
}

function accountPick(): vscode.QuickPickOptions {
  return {
    title: vscode.l10n.t('Orgwatch: Prepare Org'),
    placeHolder: vscode.l10n.t('The account that is to collect the events: a dedicated one, no person’s'),
  };
}

async function askLeastPrivilege(): Promise<boolean> {
  const items = [
    {
      label: vscode.l10n.t('All that the connector reads'),
      detail: vscode.l10n.t(
        'The connector profile: sign-ins, Setup changes, event log files, files and their sharing.',
      ),
      least: false,
    },
    {
      label: vscode.l10n.t('Least privilege'),
      detail: vscode.l10n.t('A permission set: sign-ins, Setup changes and event log files, and nothing else.'),
      least: true,
    },
  ];
  const { least } = await askPick(items, {
    title: vscode.l10n.t('Orgwatch: Prepare Org'),
    placeHolder: vscode.l10n.t('How much may the account see?'),
  });
  return least;
}

/** Usernames look like e-mail addresses too. */
async function askEmail(prompt: string, value: string): Promise<string> {
  const { isEmail } = await import('../prerequisites/prepare-account.ts');
  const typed = await askText({
    title: vscode.l10n.t('Orgwatch: Prepare Org'),
    prompt,
    value,
    validateInput: (text) => (isEmail(text.trim()) ? undefined : vscode.l10n.t('This has the form name@example.com.')),
  });
  return typed.trim();
}
