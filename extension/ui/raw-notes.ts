import * as vscode from 'vscode';
import { utcSecond } from '../shared/utc.ts';
import { capital, size } from './format.ts';
import { code, escape, table } from './markdown.ts';
import { label } from './plain.ts';
import { rawFacts, type RawFacts } from './raw-facts.ts';
import { isTrusted } from './trust.ts';

/** What is known of a raw file, above its first line and in a hover there: the bytes themselves stay as they are. */
export class RawNotes implements vscode.CodeLensProvider, vscode.HoverProvider {
  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isTrusted()) return [];
    const facts = await rawFacts(uri);
    const top = new vscode.Range(0, 0, 0, 0);
    return notes(facts).map((title) => new vscode.CodeLens(top, { title: label(title), command: '' }));
  }

  async provideHover({ uri }: vscode.TextDocument, { line }: vscode.Position): Promise<vscode.Hover | undefined> {
    if (line > 0 || !isTrusted()) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(provenanceMarkdown(await rawFacts(uri))));
  }
}

function notes(facts: RawFacts): string[] {
  const { provenance } = facts;
  const shown = facts.whole
    ? []
    : [
        vscode.l10n.t(
          'Shown are the first {0} of {1}; the whole file lies in the data folder',
          size(facts.shown),
          size(provenance?.bytes ?? facts.shown),
        ),
      ];
  if (provenance === undefined) return [vscode.l10n.t('This file carries no provenance'), ...shown];
  const host = String(provenance.instanceUrl).replace(/^https?:\/\//, '');
  const salesforceId = provenance.eventLogFile?.salesforceId;
  const came = vscode.l10n.t('Received {0} from {1}', stamp(provenance.landedAt), host);
  return [
    ...(provenance.page?.salvaged ? [vscode.l10n.t('Not as Salesforce sent it: made again from the lake')] : []),
    capital(standing(facts)),
    salesforceId === undefined ? came : `EventLogFile ${salesforceId} · ${came}`,
    `SHA-256 ${provenance.sha256}`,
    ...shown,
  ];
}

/** Whether the bytes on disk are the ones that came. */
function standing({ provenance, sha256 }: RawFacts): string {
  if (sha256 === undefined) return vscode.l10n.t('not checked, because only the beginning was read');
  return sha256 === provenance?.sha256
    ? vscode.l10n.t('the bytes on disk match')
    : vscode.l10n.t('the bytes on disk do not match');
}

function provenanceMarkdown(facts: RawFacts): string {
  const { provenance } = facts;
  if (provenance === undefined) return vscode.l10n.t('This file carries no provenance');
  const { eventLogFile, page } = provenance;
  const rows: [string, string][] = [
    [vscode.l10n.t('Organization'), code(provenance.orgId)],
    [vscode.l10n.t('From'), code(provenance.instanceUrl)],
    [vscode.l10n.t('With the login of'), escape(provenance.username)],
    [vscode.l10n.t('Received'), escape(stamp(provenance.landedAt))],
    [vscode.l10n.t('Source'), code(provenance.source)],
    ...(eventLogFile === undefined
      ? []
      : ([
          ['EventLogFile', code(eventLogFile.salesforceId)],
          [vscode.l10n.t('Event type'), code(eventLogFile.eventType)],
          [vscode.l10n.t('Date'), escape(eventLogFile.eventDate)],
          [vscode.l10n.t('Created by Salesforce'), escape(stamp(eventLogFile.createdDate))],
        ] satisfies [string, string][])),
    ...(page === undefined ? [] : ([[vscode.l10n.t('Records'), String(page.rows)]] satisfies [string, string][])),
    [vscode.l10n.t('Size'), size(provenance.bytes)],
    ['SHA-256', `${code(provenance.sha256)}: ${standing(facts)}`],
  ];
  return table(['', ''], rows);
}

function stamp(time: number | string): string {
  // Whatever wrote the file may have written no time.
  return Number.isNaN(new Date(time).getTime()) ? String(time) : `${utcSecond(time)} UTC`;
}
