import * as vscode from 'vscode';
import { OrgwatchError } from '../../shared/errors.ts';
import { asked, askPick } from '../asked.ts';
import { dataFolders } from '../data-folder.ts';
import type { Host } from '../host.ts';
import { label, notice } from '../plain.ts';
import { runCommand } from '../run-command.ts';
import { requireTrust } from '../trust.ts';
import { checkLake } from './check-command.ts';

/** Orgwatch: Trust Lake…: a lake that was made on another machine is used from then on. Asks once, and remembers it. */
export async function trustLake(host: Host): Promise<void> {
  const title = vscode.l10n.t('Trust Lake');
  await runCommand(host, title, async () => {
    requireTrust();
    const { dataDir, orgId } = await pickForeign(title);
    const { openLedger } = await import('../../lake/ledger.ts');
    const { trust } = await import('../../lake/trust.ts');
    const question = notice(vscode.l10n.t('Use the lake of {0}, which was not made on this machine?', orgId));
    const detail = vscode.l10n.t(
      'It lies in {0}. What it says is what its maker wanted: sync may pass over events, queries may show rows that never were. Trust it only if you know who made it.',
      dataDir,
    );
    const yes = vscode.l10n.t('Trust Lake');
    await asked(vscode.window.showWarningMessage(question, { modal: true, detail }, yes));
    {
      using ledger = openLedger(dataDir, orgId);
      trust(ledger.paths, ledger.identity.id());
    }
    host.changed.fire();
    const check = vscode.l10n.t('Check Lake');
    const done = vscode.l10n.t('The lake is trusted. Check whether its files are as they were stored?');
    void vscode.window.showInformationMessage(done, check).then((picked) => {
      if (picked === check) void checkLake(host);
    });
  });
}

async function pickForeign(title: string): Promise<{ readonly dataDir: string; readonly orgId: string }> {
  const { overview } = await import('../../sync/overview.ts');
  const lakes = dataFolders().flatMap((dataDir) =>
    overview(dataDir)
      .filter((found) => 'error' in found && found.error.code === 'LAKE_NOT_TRUSTED')
      .map(({ orgId }) => ({ label: label(orgId), description: label(dataDir), dataDir, orgId })),
  );
  const [only, ...others] = lakes;
  if (only === undefined) {
    throw new OrgwatchError('USAGE', vscode.l10n.t('Every lake here was made on this machine, or is trusted.'));
  }
  return others.length === 0 ? only : askPick(lakes, { title, placeHolder: vscode.l10n.t('Lake of which org?') });
}
