import type { LogOutputChannel, Memento } from 'vscode';
import type { Reports } from './reports.ts';

/** What commands share: given to each, so that nothing is global. */
export interface Host {
  readonly log: LogOutputChannel;
  readonly reports: Reports;
  /** Remembers the last picked org for this workspace. */
  readonly memory: Memento;
}
