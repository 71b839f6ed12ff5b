import * as vscode from 'vscode';
import type { Series } from '../../insights/series.ts';
import type { Bar, FromDashboard, Range, ToDashboard } from '../../shared/dashboard-messages.ts';
import { messageOf } from '../../shared/errors.ts';
import type { HostBase } from '../host-base.ts';
import { COMMANDS } from '../ids.ts';
import type { LakeWorkers, OpenLake } from '../query/lake-workers.ts';
import type { Lake } from '../query/lakes.ts';
import { queryUri, showQuery } from '../query/query-documents.ts';
import { runCommand } from '../run-command.ts';
import { webviewPage } from '../webview-page.ts';
import { dashboardShell } from './dashboard-shell.ts';
import { dashboardWords } from './dashboard-words.ts';
import { asFromDashboard } from './from-dashboard.ts';
import { standingOf } from './standing.ts';

/** One org's dashboard: the page paints at once, the numbers follow one by one as the lake answers. */
export class DashboardPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #host: HostBase;
  readonly #lake: Lake;
  readonly #workers: LakeWorkers;
  readonly #words = dashboardWords();
  readonly #subscription: vscode.Disposable;
  /** What was told of the range that is shown, for a page that comes back from the background. */
  #told: ToDashboard[] = [];
  #range: Range = '30';
  #asking: AbortController | undefined;
  #open: Promise<OpenLake> | undefined;

  constructor(host: HostBase, workers: LakeWorkers, panel: vscode.WebviewPanel, lake: Lake) {
    this.#host = host;
    this.#workers = workers;
    this.panel = panel;
    this.#lake = lake;
    panel.iconPath = new vscode.ThemeIcon('graph');
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#hear(asFromDashboard(message)));
    panel.webview.html = webviewPage(panel.webview, host.extension, {
      name: 'dashboard',
      title: panel.title,
      data: { ...this.#words, orgId: lake.orgId },
      shell: dashboardShell(this.#words, lake.org),
    });
    // The lake starts to answer while VS Code still makes the page.
    void this.#ask();
    this.#subscription = host.changed.event(() => {
      if (panel.visible) void this.#ask();
      else this.#giveUp();
    });
  }

  async #hear(message: FromDashboard | undefined): Promise<void> {
    switch (message?.type) {
      case undefined:
        return;
      case 'ready':
        if (this.#asking === undefined) return this.#ask();
        for (const told of this.#told) this.#post(told);
        return;
      case 'range':
        this.#range = message.range;
        return this.#ask();
      case 'refresh':
        return this.#ask();
      case 'open':
        return this.#openRows(message.id, message.bucket);
    }
  }

  /** Asks the lake for every series of the range; what is asked for already is given up. */
  async #ask(): Promise<void> {
    this.#giveUp();
    const asking = new AbortController();
    this.#asking = asking;
    const range = this.#range;
    this.#told = [];
    this.#tell({ type: 'asking', range });
    void this.#tellStanding(range);
    const { dashboardSeries } = await import('../../insights/dashboard.ts');
    const { startOfRange } = await import('../../insights/series.ts');
    const since = startOfRange(range, Date.now());
    const opened = this.#opened().then(async (open) => ({ worker: open.worker, request: await open.request() }));
    const tell = async (series: Series): Promise<void> => {
      try {
        const { worker, request } = await opened;
        const { rows } = await worker.query({ ...request, sql: series.sql(range, since) }, asking.signal);
        const bars = rows.map(([bucket, ...numbers]): Bar => ({
          bucket: typeof bucket === 'string' ? bucket : null,
          numbers: numbers.map(Number),
        }));
        this.#tell({ type: 'series', id: series.id, range, bars });
      } catch (error) {
        if (!asking.signal.aborted) this.#tellFailure(series.id, range, error);
      }
    };
    // All at once: what is counted quickly waits for nothing that is not.
    await Promise.all(dashboardSeries.map(tell));
  }

  /** What was told is old: a page that comes back from the background asks anew. */
  #giveUp(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  async #tellStanding(range: Range): Promise<void> {
    try {
      this.#tell({ type: 'standing', ...(await standingOf(this.#lake)) });
    } catch (error) {
      for (const id of ['allocation', 'freshness']) this.#tellFailure(id, range, error);
    }
  }

  /** @param id of the chart or the card that stays without numbers */
  #tellFailure(id: string, range: Range, error: unknown): void {
    const message = messageOf(error);
    this.#host.log.error(`Dashboard, ${id}: ${message}`);
    this.#tell({ type: 'failed', id, range, message });
  }

  /** The SQL behind a bar as a document, and its rows beside it. */
  async #openRows(id: string, bucket: string | null): Promise<void> {
    await runCommand(this.#host, vscode.l10n.t('Show Rows'), async () => {
      const { dashboardSeriesOf } = await import('../../insights/dashboard.ts');
      const { startOfRange } = await import('../../insights/series.ts');
      const series = dashboardSeriesOf(id);
      const chart = this.#words.charts.find((each) => each.id === id);
      if (series === undefined || chart === undefined) return;
      const sql = series.rows(bucket, this.#range, startOfRange(this.#range, Date.now())).trim();
      const title = `${chart.title} – ${bucket === null ? chart.unnamed : (chart.names[bucket] ?? bucket)}`;
      await showQuery(title, sql);
      await vscode.commands.executeCommand(COMMANDS.runQuery, queryUri(title, sql), this.#lake);
    });
  }

  /** What could not be opened is tried again with the next question. */
  #opened(): Promise<OpenLake> {
    if (this.#open === undefined) {
      this.#open = this.#workers.open(this.#lake);
      this.#open.catch(() => {
        this.#open = undefined;
      });
    }
    return this.#open;
  }

  #tell(message: ToDashboard): void {
    this.#told.push(message);
    this.#post(message);
  }

  #post(message: ToDashboard): void {
    void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#giveUp();
    this.#open?.then(
      (open) => void open.dispose(),
      () => undefined,
    );
  }
}
