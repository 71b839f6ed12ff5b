import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * Runs inside VS Code: writes the page of _Developer: Startup Performance_, which says of every activated extension how
 * long its code took to load and its activate() to be called and finished, to the file that ORGWATCH_PERF_PAGE names.
 */
export async function run(): Promise<void> {
  await vscode.extensions.getExtension('orgwatch.orgwatch')?.activate();
  await vscode.extensions.getExtension('vscode.emmet')?.activate();
  await vscode.commands.executeCommand('perfview.show');
  const page = await new Promise<string>((resolve) => {
    const look = (): void => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      if (/Extension Activation Stats[^]*orgwatch\.orgwatch/.test(text)) resolve(text);
    };
    vscode.window.onDidChangeActiveTextEditor(look);
    vscode.workspace.onDidChangeTextDocument(look);
    look();
  });
  await writeFile(process.env['ORGWATCH_PERF_PAGE'] ?? '', page);
}
