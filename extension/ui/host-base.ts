import type { EventEmitter, LogOutputChannel, Memento, Uri } from 'vscode';
import type { Reports } from './reports.ts';
import type { SelectedOrg } from './selected-org.ts';
import type { Verified } from './verified.ts';

/** What everything of the UI shares: given to each, so that nothing is global. */
export interface HostBase {
  readonly log: LogOutputChannel;
  readonly reports: Reports;
  /** Remembers the last picked org for this workspace. */
  readonly memory: Memento;
  /** Fires when what an org's ledger says may have changed: views read it anew. */
  readonly changed: EventEmitter<void>;
  readonly selected: SelectedOrg;
  /** What Verify found. */
  readonly verified: Verified;
  /** Folder that the extension is installed in. */
  readonly extension: Uri;
  /** Folder of the log file. */
  readonly logFolder: Uri;
}
