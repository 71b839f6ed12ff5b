import path from 'node:path';
import * as vscode from 'vscode';
import type { MetadataFault } from '../prerequisites/metadata-faults.ts';
import type { Host } from './host.ts';
import { COMMANDS } from './ids.ts';
import { isTrusted, whenTrusted } from './trust.ts';

const SOURCE = 'Orgwatch';
const FILES = '**/*.{profile,permissionset,settings}-meta.xml';

/** A fault as VS Code shows it, with what mends it. */
class Problem extends vscode.Diagnostic {
  readonly edit: vscode.TextEdit;

  constructor(document: vscode.TextDocument, fault: MetadataFault, isFailing: boolean) {
    const range = new vscode.Range(document.positionAt(fault.start), document.positionAt(fault.end));
    const { Error, Warning } = vscode.DiagnosticSeverity;
    super(range, message(fault, isFailing), isFailing ? Error : Warning);
    this.source = SOURCE;
    this.code = fault.prerequisite;
    const { start, end, text } = fault.fix;
    this.edit = new vscode.TextEdit(new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
}

/**
 * Problems in the workspace's metadata files that make a prerequisite fail, from the first Verify of the workspace on;
 * kept up while the files change.
 */
export class Problems implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #host: Host;
  readonly #collection = vscode.languages.createDiagnosticCollection('orgwatch');
  readonly #subscriptions: vscode.Disposable[];
  #watching = false;

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = [
      this.#collection,
      vscode.languages.registerCodeActionsProvider({ pattern: FILES }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      host.verified.onDidVerify(() => this.#start()),
    ];
    if (Object.keys(host.verified.outcomes()).length > 0)
      this.#subscriptions.push(whenTrusted(() => void setImmediate(() => this.#start())));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    // VS Code hands over copies.
    const isMeant = ({ message, range }: vscode.Diagnostic): boolean =>
      diagnostics.some((each) => each.message === message && each.range.isEqual(range));
    const problems = (this.#collection.get(document.uri) ?? []).filter(
      (each): each is Problem => each instanceof Problem && isMeant(each),
    );
    return problems.flatMap((problem) => [fixInFile(document, problem), prepare(problem)]);
  }

  #start(): void {
    if (!isTrusted()) return;
    if (!this.#watching) {
      this.#watching = true;
      const files = vscode.workspace.createFileSystemWatcher(FILES);
      const look = (uri: vscode.Uri): void => void this.#lookAt(uri);
      this.#subscriptions.push(
        files,
        files.onDidChange(look),
        files.onDidCreate(look),
        files.onDidDelete((uri) => this.#collection.delete(uri)),
        vscode.workspace.onDidChangeTextDocument(({ document }) => look(document.uri)),
      );
    }
    void this.#lookAtAll();
  }

  async #lookAtAll(): Promise<void> {
    const { METADATA_FILES } = await import('../prerequisites/metadata-faults.ts');
    const found = await vscode.workspace.findFiles(`**/{${METADATA_FILES.join(',')}}`, '**/node_modules/**', 100);
    for (const uri of found) await this.#lookAt(uri);
  }

  async #lookAt(uri: vscode.Uri): Promise<void> {
    const name = path.posix.basename(uri.path);
    if (uri.scheme !== 'file' || !name.endsWith('-meta.xml')) return;
    const { METADATA_FILES, metadataFaults } = await import('../prerequisites/metadata-faults.ts');
    if (!METADATA_FILES.includes(name)) return;
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      // VS Code keeps the document of a file for a while when the file is gone.
      await vscode.workspace.fs.stat(uri);
      const problems = metadataFaults(name, document.getText()).map(
        (fault) => new Problem(document, fault, this.#host.verified.isFailing(fault.prerequisite)),
      );
      this.#collection.set(uri, problems);
    } catch {
      this.#collection.delete(uri);
    }
  }
}

function fixInFile({ uri }: vscode.TextDocument, problem: Problem): vscode.CodeAction {
  const action = new vscode.CodeAction(vscode.l10n.t('Fix in file'), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(uri, [problem.edit]);
  action.diagnostics = [problem];
  action.isPreferred = true;
  return action;
}

function prepare(problem: Problem): vscode.CodeAction {
  const title = vscode.l10n.t('Prepare Org');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: COMMANDS.prepareOrg, title };
  action.diagnostics = [problem];
  return action;
}

function message({ kind, permission = '' }: MetadataFault, isFailing: boolean): string {
  const said = words(kind, permission);
  return isFailing ? `${said} ${vscode.l10n.t('Verify found the org so.')}` : said;
}

function words(kind: MetadataFault['kind'], permission: string): string {
  switch (kind) {
    case 'permission-missing':
      return vscode.l10n.t('The permission {0} is missing: the account that collects gets it from here.', permission);
    case 'permission-off':
      return vscode.l10n.t('The permission {0} is off: the account that collects gets it from here.', permission);
    case 'deliveries-off':
      return vscode.l10n.t('Once this is deployed, public links to files cannot be queried.');
    case 'sessions-locked':
      return vscode.l10n.t('Once this is deployed, a service whose address changes is signed out.');
  }
}
