import * as vscode from 'vscode';
import { fileName } from './format.ts';
import { REPORT_SCHEME } from './ids.ts';

/** VS Code's own preview as an editor. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

/** Read-only Markdown documents under the scheme `orgwatch`, shown in VS Code's own Markdown preview. */
export class Reports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #contents = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this);
  }

  /** Opens the report, or refreshes it where one of that name is open already. */
  async show(name: string, markdown: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path: `/${fileName(name)}.md` });
    this.#contents.set(uri.path, markdown);
    this.#changed.fire(uri);
    // Each in a preview of its own: the one that markdown.showPreview shares may go on showing the report before.
    await vscode.commands.executeCommand('vscode.openWith', uri, MARKDOWN_PREVIEW);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#contents.get(uri.path) ??
      vscode.l10n.t('This report is gone with the window that made it. Run the command again.')
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
