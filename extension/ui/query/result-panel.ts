import * as vscode from 'vscode';
import { counted } from '../../shared/wording.ts';
import { messageOf, OrgwatchError } from '../../shared/errors.ts';
import type { FromResult, GridRange, ResultMemory, ResultState, ToResult } from '../../shared/result-messages.ts';
import type { KeptResult } from '../../lake/worker.ts';
import { number } from '../format.ts';
import type { HostBase } from '../host-base.ts';
import { COMMANDS } from '../ids.ts';
import { runCommand } from '../run-command.ts';
import { webviewPage } from '../webview-page.ts';
import type { Lake } from './lakes.ts';
import { asFromResult } from './from-result.ts';
import type { LakeWorkers, OpenLake } from './lake-workers.ts';
import { resultWords } from './result-words.ts';
import { asTsv } from './tsv.ts';

/** A statement for a lake, and the panel that its rows go to: one of the same key is used again. */
export interface Question {
  readonly key: string;
  readonly title: string;
  readonly sql: string;
  readonly lake: Lake;
}

/** Rows that a grid keeps; a whole query can be exported beyond that. */
const MOST_KEPT = 5_000_000;
/** Cells that go to the clipboard at a time. */
const MOST_COPIED = 1_000_000;

/** One webview panel with the rows of a query, which stay in the lake worker until it closes. */
export class ResultPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #host: HostBase;
  readonly #workers: LakeWorkers;
  #question: Question;
  #state: ResultState = { kind: 'gone' };
  #running: AbortController | undefined;
  #open: OpenLake | undefined;
  #kept: KeptResult | undefined;
  #runs = 0;
  readonly #onChange: () => void;

  /** @param onChange called when a query starts, ends or fails */
  constructor(
    host: HostBase,
    workers: LakeWorkers,
    panel: vscode.WebviewPanel,
    question: Question,
    onChange: () => void,
  ) {
    this.#onChange = onChange;
    this.#host = host;
    this.#workers = workers;
    this.panel = panel;
    this.#question = question;
    panel.iconPath = new vscode.ThemeIcon('table');
    panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#hear(asFromResult(message)).catch((error: unknown) => this.#tell(this.#failure(error)));
    });
    panel.webview.html = webviewPage(panel.webview, host.extension, {
      name: 'result',
      title: question.title,
      data: { words: resultWords() },
      shell: '<main id="app"></main>',
    });
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get question(): Question {
    return this.#question;
  }

  /** Runs the question, in place of what the panel shows. Never throws: the panel says what went wrong. */
  async run(question: Question = this.#question): Promise<void> {
    this.cancel();
    this.#question = question;
    this.panel.title = question.title;
    const running = new AbortController();
    this.#running = running;
    const since = Date.now();
    this.#tell({ kind: 'running', since });
    const state = await this.#answer(question, running.signal).then(
      (kept): ResultState => ({ ...kept, kind: 'done', run: ++this.#runs, milliseconds: Date.now() - since }),
      (error: unknown) => this.#failure(error),
    );
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#tell(state);
  }

  cancel(): void {
    if (this.#running === undefined) return;
    this.#running.abort();
    this.#running = undefined;
    this.#tell({ kind: 'cancelled' });
  }

  /** What an export needs: the rows that are here, or the whole query where there are more. */
  get result(): { readonly kept: KeptResult; readonly open: OpenLake } | undefined {
    return this.#kept && this.#open && { kept: this.#kept, open: this.#open };
  }

  async #answer(question: Question, signal: AbortSignal): Promise<KeptResult> {
    await this.#forget();
    const open = await this.#workers.open(question.lake);
    try {
      const kept = await open.worker.keep({ ...(await open.request()), sql: question.sql, limit: MOST_KEPT }, signal);
      this.#open = open;
      this.#kept = kept;
      return kept;
    } catch (error) {
      open.dispose();
      throw error;
    }
  }

  async #forget(): Promise<void> {
    const { result } = this;
    this.#open = undefined;
    this.#kept = undefined;
    await result?.open.worker.drop(result.kept.id).catch(() => undefined);
    result?.open.dispose();
  }

  async #hear(message: FromResult | undefined): Promise<void> {
    switch (message?.type) {
      case undefined:
        return;
      case 'ready':
        return this.#tell(this.#state);
      case 'page':
        return this.#page(message.run, message.offset, message.limit);
      case 'copy':
        return runCommand(this.#host, vscode.l10n.t('Copy'), () => this.#copy(message.run, message.range));
      case 'run':
        return this.run();
      case 'cancel':
        return this.cancel();
      case 'export':
        await vscode.commands.executeCommand(COMMANDS.exportResult);
    }
  }

  async #page(run: number, offset: number, limit: number): Promise<void> {
    const { result } = this;
    if (result === undefined || run !== this.#runs) return;
    try {
      const { rows } = await result.open.worker.page({ id: result.kept.id, offset, limit });
      this.#post({ type: 'page', run, offset, rows });
    } catch (error) {
      if (run === this.#runs) this.#tell(this.#failure(error));
    }
  }

  /** As text with tabs, which a spreadsheet takes for cells. */
  async #copy(run: number, { rows, columns }: GridRange): Promise<void> {
    const { result } = this;
    if (result === undefined || run !== this.#runs) return;
    const first = columns[0];
    const last = Math.min(columns[1], result.kept.columns.length - 1);
    if (first > last) return;
    const most = Math.max(1, Math.floor(MOST_COPIED / (last - first + 1)));
    const wanted = rows[1] - rows[0] + 1;
    const limit = Math.min(wanted, most);
    const page = await result.open.worker.page({ id: result.kept.id, offset: rows[0], limit });
    await vscode.env.clipboard.writeText(asTsv(page.rows.map((row) => row.slice(first, last + 1))));
    const said =
      limit < wanted
        ? vscode.l10n.t('Copied the first {0} rows; Export has them all', number(limit))
        : vscode.l10n.t('Copied {0}', counted(page.rows.length, 'row'));
    vscode.window.setStatusBarMessage(said, 4000);
  }

  #failure(error: unknown): ResultState {
    if (error instanceof OrgwatchError && error.code === 'CANCELLED') return { kind: 'cancelled' };
    const known = error instanceof OrgwatchError ? error : undefined;
    const message = messageOf(error);
    this.#host.log.error(`${this.#question.title}: ${message}`);
    const hint = vscode.l10n.t(
      'Completion (Ctrl+Space) and the query SHOW TABLES name the tables; DESCRIBE login_history the columns of one.',
    );
    const actions = known?.actions.length ? known.actions : known?.code === 'SQL_FAILED' ? [hint] : [];
    return { kind: 'failed', message, actions };
  }

  #tell(state: ResultState): void {
    this.#state = state;
    const { title, sql, lake } = this.#question;
    const keep: ResultMemory = { title, sql, orgId: lake.orgId };
    this.#post({ type: 'state', org: lake.org, state, keep });
    this.#onChange();
  }

  #post(message: ToResult): void {
    void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#running?.abort();
    this.#running = undefined;
    void this.#forget();
  }
}
