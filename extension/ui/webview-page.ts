import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { webviewPolicy } from './webview-policy.ts';

export interface WebviewPage {
  /** Of dist/webview/NAME.js and NAME.css. */
  readonly name: 'result' | 'dashboard';
  readonly title: string;
  /** What the page knows from the start: its words. */
  readonly data: unknown;
  /** What it shows before its script runs. */
  readonly shell: string;
}

/** A page may run its own script, and read nothing but the bundles of webviews. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [webviewRoot(extension)] };
}

function webviewRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The whole page. Nothing but our own script and style is let in, and no request goes out. */
export function webviewPage(webview: vscode.Webview, extension: vscode.Uri, page: WebviewPage): string {
  const nonce = randomBytes(16).toString('base64url');
  const asset = (ending: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), `${page.name}.${ending}`)).toString();
  const policy = webviewPolicy(nonce, webview.cspSource);
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" href="${escapeHtml(asset('css'))}">
</head>
<body data-page="${escapeHtml(JSON.stringify(page.data))}">
${page.shell}
<script nonce="${nonce}" src="${escapeHtml(asset('js'))}"></script>
</body>
</html>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
