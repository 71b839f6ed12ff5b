import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RawDay, RawFile } from '../lake/ledger-raw.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { askPick } from './asked.ts';
import { number, size } from './format.ts';
import type { Host } from './host.ts';
import { pickLake } from './lake/pick-lake.ts';
import { sourceOf } from './org-target.ts';
import { label } from './plain.ts';
import { rawUri } from './raw-facts.ts';
import { runCommand } from './run-command.ts';
import { sourceTitle } from './titles.ts';

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/**
 * Orgwatch: Open Raw File. Source, event type and date lead to it.
 * @param argument a tree item that stands for an org or a source of it
 */
export async function openRawFile(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Open Raw File'), async () => {
    const { readLedger } = await import('../lake/ledger.ts');
    const { requireTrusted } = await import('../lake/trust.ts');
    const { dataDir, orgId } = await pickLake(host, argument, vscode.l10n.t('Orgwatch: Open Raw File'));
    using ledger = readLedger(dataDir, orgId);
    requireTrusted(ledger);
    const ofSource = await pickSource(ledger.raw.days(), sourceOf(argument));
    const ofType = await pickType(ofSource);
    const day = await pickDay(ofType);
    const { folder } = ledger.paths;
    const files = ledger.raw.of(day.source, day.eventType, day.date);
    const file = await pickFile(files.filter((each) => existsSync(path.join(folder, each.path))));
    const uri = rawUri(folder, file.path);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    return uri;
  });
}

async function pickSource(days: readonly RawDay[], wanted: string | undefined): Promise<readonly RawDay[]> {
  const bySource = Map.groupBy(days, ({ source }) => source);
  const meant = bySource.get(wanted ?? '');
  if (meant !== undefined) return meant;
  return pick(
    vscode.l10n.t('Of which source?'),
    [...bySource].map(([source, value]) => ({
      value,
      label: label(sourceTitle(source)),
      description: label(source),
      detail: amount(value),
    })),
  );
}

async function pickType(days: readonly RawDay[]): Promise<readonly RawDay[]> {
  const byType = [...Map.groupBy(days, ({ eventType }) => eventType)].sort(([a], [b]) => a.localeCompare(b));
  return pick(
    vscode.l10n.t('Of which event type?'),
    byType.map(([type, value]) => ({ value, label: label(type), description: amount(value) })),
  );
}

async function pickDay(days: readonly RawDay[]): Promise<RawDay> {
  return pick(
    vscode.l10n.t('Of which day (UTC)?'),
    days.map((value) => ({ value, label: label(value.date), description: amount([value]) })),
  );
}

async function pickFile(files: readonly RawFile[]): Promise<RawFile> {
  return pick(
    vscode.l10n.t('Which file?'),
    files.map((value) => ({
      value,
      label: label(path.posix.basename(value.path, '.zst')),
      description: described(value),
    })),
  );
}

function described({ interval, logDate, eventFrom, eventTo, rows, bytes }: RawFile): string {
  const time = (at: number): string => new Date(at).toISOString().slice(11, 16);
  const when =
    logDate !== null
      ? interval === 'Hourly'
        ? vscode.l10n.t('hour from {0}', time(logDate))
        : vscode.l10n.t('whole day')
      : eventFrom !== null && eventTo !== null
        ? vscode.l10n.t('{0} to {1}', time(eventFrom), time(eventTo))
        : '';
  const records = rows === null ? '' : vscode.l10n.t('{0} records', number(rows));
  return [when, records, size(bytes)].filter(Boolean).join(' · ');
}

function amount(days: readonly RawDay[]): string {
  const sum = (of: (day: RawDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  return vscode.l10n.t('{0} files, {1}', number(sum(({ files }) => files)), size(sum(({ bytes }) => bytes)));
}

/** Nobody is asked where there is no choice. */
async function pick<T>(placeHolder: string, choices: readonly Choice<T>[]): Promise<T> {
  const [only] = choices;
  if (only === undefined) {
    throw new OrgwatchError('USAGE', vscode.l10n.t('There is no raw file yet.'), {
      actions: [vscode.l10n.t('Run “Orgwatch: Sync Now” first.')],
    });
  }
  if (choices.length === 1) return only.value;
  const title = vscode.l10n.t('Orgwatch: Open Raw File');
  return (await askPick(choices, { title, placeHolder, matchOnDescription: true })).value;
}
