import * as vscode from 'vscode';
import { MANAGE_TRUST, restricted } from './trust.ts';
import { escapeHtml } from './webview-page.ts';

/**
 * A panel that VS Code restored in a folder that is not trusted: it says so, with the link to change it, and becomes
 * what it was once the folder is trusted. The page runs no script.
 */
export function showRestricted(panel: vscode.WebviewPanel, restore: () => void): void {
  const { webview } = panel;
  webview.options = { enableScripts: false, enableCommandUris: [MANAGE_TRUST], localResourceRoots: [] };
  webview.html = `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escapeHtml(panel.title)}</title>
</head>
<body>
<p>${escapeHtml(restricted())}</p>
<p><a href="command:${MANAGE_TRUST}">${escapeHtml(vscode.l10n.t('Manage Workspace Trust'))}</a></p>
</body>
</html>`;
  const waiting = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    waiting.dispose();
    restore();
  });
  panel.onDidDispose(() => void waiting.dispose());
}
