import * as vscode from 'vscode';
import { OrgwatchError } from '../../shared/errors.ts';
import { asked } from '../asked.ts';
import type { Host } from '../host.ts';
import { targetOf } from '../org-target.ts';

/** A lake on disk, and what its org is called. */
export interface PickedLake {
  readonly name: string;
  readonly orgId: string;
  readonly dataDir: string;
}

/**
 * The lake that a command is run on, the only one there is, or one that is picked.
 * @throws OrgwatchError USAGE when there is none, CANCELLED when none was picked
 */
export async function pickLake({ live }: Host, argument: unknown, title: string): Promise<PickedLake> {
  const target = targetOf(argument);
  if (target?.dataDir !== undefined) return { name: target.org, orgId: target.orgId, dataDir: target.dataDir };
  const lakes = (await live.orgs.read()).flatMap(({ name, orgId, dataDir }) =>
    dataDir === undefined ? [] : [{ label: name, description: orgId, detail: dataDir, name, orgId, dataDir }],
  );
  const [only, ...others] = lakes;
  if (only === undefined) {
    throw new OrgwatchError('USAGE', vscode.l10n.t('There is no lake in the data folder yet.'), {
      actions: [vscode.l10n.t('Sync an org first.')],
    });
  }
  if (others.length === 0) return only;
  const placeHolder = vscode.l10n.t('Lake of which org?');
  return asked(vscode.window.showQuickPick(lakes, { title, placeHolder, matchOnDescription: true }));
}
