import * as vscode from 'vscode';
import type { HostBase } from '../host-base.ts';
import { DASHBOARD_VIEW } from '../ids.ts';
import type { LakeWorkers } from '../query/lake-workers.ts';
import { lakesHere, type Lake } from '../query/lakes.ts';
import { showRestricted } from '../restricted-page.ts';
import { isTrusted } from '../trust.ts';
import { webviewOptions } from '../webview-page.ts';
import { DashboardPanel } from './dashboard-panel.ts';

/** The dashboards that are open: one an org. */
export class Dashboards implements vscode.WebviewPanelSerializer<{ readonly orgId?: string }>, vscode.Disposable {
  readonly #host: HostBase;
  readonly #workers: LakeWorkers;
  readonly #panels = new Map<string, DashboardPanel>();
  readonly #registration: vscode.Disposable;

  constructor(host: HostBase, workers: LakeWorkers) {
    this.#host = host;
    this.#workers = workers;
    this.#registration = vscode.window.registerWebviewPanelSerializer(DASHBOARD_VIEW, this);
  }

  show(lake: Lake): void {
    const known = this.#panels.get(lake.orgId);
    if (known) return known.panel.reveal();
    const title = vscode.l10n.t('{0} – Dashboard', lake.org);
    const options = webviewOptions(this.#host.extension);
    this.#add(vscode.window.createWebviewPanel(DASHBOARD_VIEW, title, vscode.ViewColumn.One, options), lake);
  }

  #add(panel: vscode.WebviewPanel, lake: Lake): void {
    const dashboard = new DashboardPanel(this.#host, this.#workers, panel, lake);
    this.#panels.set(lake.orgId, dashboard);
    panel.onDidDispose(() => {
      this.#panels.delete(lake.orgId);
      dashboard.dispose();
    });
  }

  async deserializeWebviewPanel(
    panel: vscode.WebviewPanel,
    memory: { readonly orgId?: string } | undefined,
  ): Promise<void> {
    if (!isTrusted()) return showRestricted(panel, () => void this.deserializeWebviewPanel(panel, memory));
    const lakes = await lakesHere();
    // A window that was cut off early may not have kept what the page remembers; the only lake is the one that it showed.
    const wanted = memory?.orgId ?? (lakes.length === 1 ? lakes[0]?.orgId : undefined);
    const lake = lakes.find(({ orgId }) => orgId === wanted);
    if (lake === undefined || this.#panels.has(lake.orgId)) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.#host.extension);
    this.#add(panel, lake);
  }

  dispose(): void {
    this.#registration.dispose();
    for (const { panel } of this.#panels.values()) panel.dispose();
  }
}
