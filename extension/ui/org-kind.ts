import * as vscode from 'vscode';
import type { Door } from '../org/door.ts';
import type { Answers, OrganizationRow } from '../prerequisites/answers.ts';

/** What a person must know before changing an org. */
export interface OrgKind {
  readonly name: string;
  readonly isProduction: boolean;
  /** “Production”, “Sandbox” … */
  readonly words: string;
}

export function orgKindOf({ organization }: Answers): OrgKind | undefined {
  return 'value' in organization ? kindOf(organization.value) : undefined;
}

/** Asks the org; one call. What cannot be read counts as production. */
export async function orgKind(door: Door): Promise<OrgKind> {
  const { firstRecord } = await import('../prerequisites/prepare-account.ts');
  const { readOrganization } = await import('../prerequisites/rows.ts');
  const soql = 'SELECT Name, OrganizationType, IsSandbox, LanguageLocaleKey FROM Organization';
  const row = await firstRecord(door, soql, 'say whether it is production or a sandbox');
  return kindOf(readOrganization(row ?? {}));
}

function kindOf({ name, type, isSandbox }: OrganizationRow): OrgKind {
  if (isSandbox) return { name, isProduction: false, words: vscode.l10n.t('sandbox') };
  if (/^Developer/.test(type)) return { name, isProduction: false, words: vscode.l10n.t('Developer Edition') };
  return { name, isProduction: true, words: vscode.l10n.t('production') };
}
