import * as vscode from 'vscode';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { COMMANDS } from './ids.ts';
import type { HostBase } from './host-base.ts';
import { notice } from './plain.ts';
import { loginWords } from './terminal-words.ts';
import { typeInTerminal } from './terminal.ts';
import { isTrusted, manageTrust } from './trust.ts';

/**
 * The boundary of a command: all that its work throws ends here, as one message with what to do next.
 * Work inside shows no errors of its own.
 */
export async function runCommand<T>(host: HostBase, title: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof OrgwatchError && thrown.code === 'CANCELLED') {
      host.log.info(`${title}: cancelled`);
      return undefined;
    }
    void showError(host, title, thrown);
    return undefined;
  }
}

/** A cancellable notification while the work runs; cancelling it aborts the signal. */
export async function withCancellableProgress<T>(
  title: string,
  work: (show: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: notice(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    using _subscription = asDisposable(token.onCancellationRequested(() => controller.abort()));
    // Awaited here: the subscription must outlive the work.
    return await work((message) => progress.report({ message: notice(message) }), controller.signal);
  });
}

/** A next step that one click can do. */
interface Button {
  readonly label: string;
  run(): Thenable<unknown> | void;
}

async function showError(host: HostBase, title: string, thrown: unknown): Promise<void> {
  const error = thrown instanceof OrgwatchError ? thrown : undefined;
  const message = error?.message ?? vscode.l10n.t('Something unexpected went wrong: {0}', messageOf(thrown));
  host.log.error(`${title}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}`);
  for (const action of error?.actions ?? []) host.log.info(action);

  const buttons = [
    ...(error ? buttonsFor(error) : []),
    { label: vscode.l10n.t('Show Log'), run: () => host.log.show() },
  ];
  const sentence = notice([message, error?.actions[0]].filter(Boolean).join(' '));
  const isCalm = error?.code === 'USAGE' || error?.code === 'BUSY';
  const show = isCalm ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  const picked = await show(sentence, ...buttons.map(({ label }) => label));
  await buttons.find(({ label }) => label === picked)?.run();
}

function buttonsFor({ code, actions }: OrgwatchError): Button[] {
  switch (code) {
    case 'USAGE':
      if (!isTrusted()) return [{ label: vscode.l10n.t('Manage Workspace Trust'), run: manageTrust }];
      return [
        { label: vscode.l10n.t('Open Folder'), run: () => vscode.commands.executeCommand('vscode.openFolder') },
        {
          label: vscode.l10n.t('Open Settings'),
          run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'orgwatch'),
        },
      ];
    case 'LAKE_NOT_TRUSTED':
      return [{ label: vscode.l10n.t('Trust Lake…'), run: () => vscode.commands.executeCommand(COMMANDS.trustLake) }];
    case 'ORG_UNKNOWN':
    case 'SESSION_EXPIRED':
      return [{ label: vscode.l10n.t('Authorize in Terminal'), run: () => openLogin(actions) }];
    default:
      return [];
  }
}

function openLogin(actions: readonly string[]): void {
  typeInTerminal(loginWords(actions) ?? ['sf', 'org', 'login', 'web'], false);
}

function asDisposable(disposable: vscode.Disposable): Disposable {
  return { [Symbol.dispose]: () => void disposable.dispose() };
}
