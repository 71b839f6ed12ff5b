import * as vscode from 'vscode';
import type { SyncProgress } from '../../sync/options.ts';
import type { Pace } from '../../sync/pace.ts';
import { duration, number, size } from '../format.ts';
import { sourceTitle } from '../titles.ts';

/** What a sync has brought so far, over its sources. */
export interface Total {
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly requests: number;
}

export function totalOf(standings: Iterable<SyncProgress>): Total {
  const all = [...standings];
  const sum = (of: (progress: SyncProgress) => number): number => all.reduce((total, each) => total + of(each), 0);
  return {
    files: sum(({ files }) => files),
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    requests: sum(({ requests }) => requests),
  };
}

/** One line for all sources: which are at work, what came so far, how fast, and how long it may take. */
export function standing(standings: Iterable<SyncProgress>, { bytesPerSecond = 0, leftMs = 0 }: Pace): string {
  const all = [...standings];
  const { files, rows, bytes, requests } = totalOf(all);
  const working = all.filter(({ phase }) => phase !== 'end').map(({ source }) => sourceTitle(source));
  const rate = Math.round(bytesPerSecond);
  const parts = [
    vscode.l10n.t('{0} files, {1}, {2} rows', number(files), size(bytes), number(rows)),
    ...(rate === 0 ? [] : [vscode.l10n.t('{0}/s', size(rate))]),
    vscode.l10n.t('{0} calls', number(requests)),
    ...(leftMs < 1000 ? [] : [vscode.l10n.t('about {0} left', duration(leftMs))]),
  ];
  return `${working.length === 0 ? '' : `${working.join(', ')}: `}${parts.join(' · ')}`;
}
