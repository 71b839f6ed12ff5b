import * as vscode from 'vscode';
import { OrgwatchError } from '../../shared/errors.ts';
import { askPick } from '../asked.ts';
import type { Host } from '../host.ts';
import { targetOf } from '../org-target.ts';
import type { KnownOrg } from '../orgs/known-orgs.ts';
import { orgIdOf } from '../pick-org.ts';
import { label } from '../plain.ts';
import { requireTrust } from '../trust.ts';

/** A lake on disk, and what its org is called. */
export interface PickedLake {
  readonly name: string;
  readonly orgId: string;
  readonly dataDir: string;
}

/**
 * The lake that a command is run on, that of the settings, the only one there is, or one that is picked: never unasked that
 * of another org than the one of the settings.
 * @throws OrgwatchError USAGE when there is none or the folder is not trusted, CANCELLED when none was picked
 */
export async function pickLake({ live, selected }: Host, argument: unknown, title: string): Promise<PickedLake> {
  requireTrust();
  const target = targetOf(argument);
  if (target?.dataDir !== undefined) return { name: target.org, orgId: target.orgId, dataDir: target.dataDir };
  const all = await live.orgs.read();
  const wanted = await selected.read();
  const orgId = wanted === undefined ? undefined : await orgIdOf(wanted);
  const meant = lakesOf(all.filter((org) => org.orgId === orgId));
  const lakes = meant.length > 0 ? meant : lakesOf(all);
  const [only, ...others] = lakes;
  if (only === undefined) {
    throw new OrgwatchError('USAGE', vscode.l10n.t('There is no lake in the data folder yet.'), {
      actions: [vscode.l10n.t('Sync an org first.')],
    });
  }
  if (others.length === 0 && (orgId === undefined || meant.length > 0)) return only;
  const placeHolder = vscode.l10n.t('Lake of which org?');
  return askPick(lakes, { title, placeHolder, matchOnDescription: true });
}

function lakesOf(orgs: readonly KnownOrg[]): readonly (vscode.QuickPickItem & PickedLake)[] {
  return orgs.flatMap(({ name, orgId, dataDir }) =>
    dataDir === undefined
      ? []
      : [{ label: label(name), description: label(orgId), detail: label(dataDir), name, orgId, dataDir }],
  );
}
