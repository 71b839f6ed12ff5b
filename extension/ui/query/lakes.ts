import * as vscode from 'vscode';
import { cancelled } from '../../shared/abort.ts';
import { messageOf } from '../../shared/errors.ts';
import { askPick } from '../asked.ts';
import { dataFolders } from '../data-folder.ts';
import type { HostBase } from '../host-base.ts';
import { COMMANDS, LAST_LAKE } from '../ids.ts';
import { orgIdOf } from '../pick-org.ts';
import { label } from '../plain.ts';
import { requireTrust } from '../trust.ts';

/** A lake on this machine. */
export interface Lake {
  readonly dataDir: string;
  readonly orgId: string;
  /** The username that synced it; the id of the org where the ledger does not say. */
  readonly org: string;
}

/** One word for a lake, other than that of every other. */
export function lakeKey({ dataDir, orgId }: Lake): string {
  return `${dataDir}\n${orgId}`;
}

/** Whether any lake lies in the data folders; looks at folders alone. */
export async function isLakeHere(): Promise<boolean> {
  const { orgsIn } = await import('../../lake/ledger.ts');
  return dataFolders().some((dataDir) => {
    try {
      return orgsIn(dataDir).length > 0;
    } catch {
      // A folder that cannot be read holds nothing that could be asked; the Orgs view says why.
      return false;
    }
  });
}

/** All lakes of the data folders; one whose ledger cannot be read is left out. Asks nobody. */
export async function lakesHere(): Promise<readonly Lake[]> {
  return (await lookForLakes()).lakes;
}

/** The lakes, and what keeps others from being read. */
async function lookForLakes(): Promise<{ readonly lakes: readonly Lake[]; readonly faults: readonly unknown[] }> {
  const { orgsIn, readLedger } = await import('../../lake/ledger.ts');
  const { requireTrusted } = await import('../../lake/trust.ts');
  const lakes: Lake[] = [];
  const faults: unknown[] = [];
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (fault) {
      faults.push(fault);
    }
  };
  const read = (dataDir: string, orgId: string): void => {
    using ledger = readLedger(dataDir, orgId);
    requireTrusted(ledger);
    lakes.push({ dataDir, orgId, org: ledger.org()?.username || orgId });
  };
  for (const dataDir of dataFolders())
    attempt(() => orgsIn(dataDir).forEach((orgId) => attempt(() => read(dataDir, orgId))));
  return { lakes, faults };
}

/** The lake that questions go to without asking: that of the org of the settings and of no other, else the only one, or the one asked last. */
export async function usualLake(host: HostBase, lakes: readonly Lake[]): Promise<Lake | undefined> {
  const wanted = lakes.length === 0 ? undefined : await host.selected.read();
  const id = wanted === undefined ? undefined : await idMeant(host, wanted);
  if (id !== undefined) return lakes.find(({ orgId }) => orgId === id);
  const [only, ...others] = lakes;
  const last = host.memory.get<string>(LAST_LAKE);
  return others.length === 0 ? only : lakes.find(({ orgId }) => orgId === last);
}

/** The org that an alias or a username is for sf now, or an organization id: never what a ledger says. */
async function idMeant(host: HostBase, wanted: string): Promise<string | undefined> {
  if (meant?.wanted !== wanted || meant.until < Date.now()) {
    const id = orgIdOf(wanted).catch((error: unknown): undefined => {
      host.log.warn(`The logins of sf could not be read: ${messageOf(error)}`);
    });
    meant = { wanted, id, until: Date.now() + REMEMBERED_MS };
  }
  return meant.id;
}

/** Completion asks with each key: what sf said a moment ago is good enough for what only reads. */
const REMEMBERED_MS = 10_000;
let meant: { readonly wanted: string; readonly id: Promise<string | undefined>; readonly until: number } | undefined;

/**
 * The lake to ask: the usual one, else the one that is picked.
 * @param isAsking true: let a person pick even where one is usual
 * @throws OrgwatchError USAGE in a folder that is not trusted; CANCELLED when none was picked, or there is none, which has
 *   been said then; what keeps the only ones from being read
 */
export async function pickLake(host: HostBase, isAsking = false): Promise<Lake> {
  requireTrust();
  const { lakes, faults } = await lookForLakes();
  if (lakes.length === 0 && faults.length > 0) throw faults[0];
  if (lakes.length === 0) return noLake();
  const usual = lakes.length > 1 && isAsking ? undefined : await usualLake(host, lakes);
  if (usual) return usual;
  const items = lakes.map((lake) => ({ label: label(lake.org), description: label(lake.orgId), lake }));
  const title = vscode.l10n.t('Orgwatch: Select Org');
  const placeHolder = vscode.l10n.t('An org whose events are here');
  const { lake } = await askPick(items, { title, placeHolder });
  await host.memory.update(LAST_LAKE, lake.orgId);
  return lake;
}

function noLake(): never {
  const sync = vscode.l10n.t('Sync Now');
  const message = vscode.l10n.t('There are no events here yet. A sync brings them.');
  void vscode.window.showInformationMessage(message, sync).then((picked) => {
    if (picked === sync) void vscode.commands.executeCommand(COMMANDS.syncEvents);
  });
  throw cancelled();
}
