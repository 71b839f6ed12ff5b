import * as vscode from 'vscode';
import type { SyncProgress } from '../../sync/options.ts';
import { duration, number, size } from '../format.ts';
import { sourceTitle } from '../titles.ts';

/** Too short a time to tell a rate from. */
const LEAST_MS = 2_000;

/** What a sync has brought so far, over its sources. */
export interface Total {
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly requests: number;
  /** Bytes that are to come in all, where Salesforce said so. */
  readonly bytesTotal: number | undefined;
}

export function totalOf(standings: Iterable<SyncProgress>): Total {
  const all = [...standings];
  const sum = (of: (progress: SyncProgress) => number): number => all.reduce((total, each) => total + of(each), 0);
  const isKnown = all.some(({ bytesTotal }) => bytesTotal !== undefined);
  return {
    files: sum(({ files }) => files),
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    requests: sum(({ requests }) => requests),
    bytesTotal: isKnown ? sum(({ bytes, bytesTotal }) => Math.max(bytes, bytesTotal ?? 0)) : undefined,
  };
}

/** One line for all sources: which are at work, what came so far, how fast, and how long it may take. */
export function standing(standings: Iterable<SyncProgress>, passedMs: number): string {
  const all = [...standings];
  const { files, rows, bytes, requests, bytesTotal } = totalOf(all);
  const working = all.filter(({ phase }) => phase !== 'end').map(({ source }) => sourceTitle(source));
  const rate = passedMs < LEAST_MS ? 0 : (bytes / passedMs) * 1000;
  const left = bytesTotal === undefined || rate === 0 ? 0 : ((bytesTotal - bytes) / rate) * 1000;
  const parts = [
    vscode.l10n.t('{0} files, {1}, {2} rows', number(files), size(bytes), number(rows)),
    ...(rate === 0 ? [] : [vscode.l10n.t('{0}/s', size(Math.round(rate)))]),
    vscode.l10n.t('{0} calls', number(requests)),
    ...(left < 1000 ? [] : [vscode.l10n.t('about {0} left', duration(left))]),
  ];
  return `${working.length === 0 ? '' : `${working.join(', ')}: `}${parts.join(' · ')}`;
}
