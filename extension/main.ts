import * as vscode from 'vscode';
import { Contexts } from './ui/contexts.ts';
import type { HostBase } from './ui/host-base.ts';
import { Dashboards } from './ui/dashboard/dashboards.ts';
import { setEngineLanguage } from './ui/engine-language.ts';
import type { Host } from './ui/host.ts';
import { Live } from './ui/orgs/live.ts';
import { Problems } from './ui/problems.ts';
import { LakeWorkers } from './ui/query/lake-workers.ts';
import { registerQueries } from './ui/query/register.ts';
import { Results } from './ui/query/results.ts';
import { registerRawFiles } from './ui/raw-files.ts';
import { registerCommands } from './ui/register-commands.ts';
import { Reports } from './ui/reports.ts';
import { SelectedOrg } from './ui/selected-org.ts';
import { Verified } from './ui/verified.ts';

let live: Live | undefined;

/** Called by VS Code at the first use of a command or report; everything heavy is loaded later, by what needs it. */
export function activate(context: vscode.ExtensionContext): void {
  setEngineLanguage();
  const log = vscode.window.createOutputChannel('Orgwatch', { log: true });
  const reports = new Reports();
  const { workspaceState: memory, extensionUri: extension, logUri: logFolder, subscriptions } = context;
  const verified = new Verified(memory);
  const selected = new SelectedOrg();
  const changed = new vscode.EventEmitter<void>();
  subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()));
  const base: HostBase = { log, reports, memory, changed, selected, verified, logFolder, extension };
  live = new Live(base);
  const workers = new LakeWorkers(log);
  const results = new Results(base, workers);
  const dashboards = new Dashboards(base, workers);
  const host: Host = { ...base, live, results, dashboards };
  // The log is not among these: what is under way when the window closes still writes to it while it ends.
  subscriptions.push(results, dashboards, workers, registerQueries(host, workers), reports, base.changed, verified);
  subscriptions.push(registerCommands(host), registerRawFiles(), new Problems(host), new Contexts(host), live);
}

/** Called when the window closes: syncs under way keep what they have and let go of their leases. */
export async function deactivate(): Promise<void> {
  await live?.stop();
}
