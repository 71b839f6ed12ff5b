import * as vscode from 'vscode';
import type { ResultMemory } from '../../shared/result-messages.ts';
import type { HostBase } from '../host-base.ts';
import { EDITOR_CONTEXTS, RESULT_VIEW } from '../ids.ts';
import { setContexts } from '../set-contexts.ts';
import { showRestricted } from '../restricted-page.ts';
import { isTrusted } from '../trust.ts';
import { webviewOptions } from '../webview-page.ts';
import type { LakeWorkers } from './lake-workers.ts';
import { asResultMemory } from './from-result.ts';
import { lakesHere } from './lakes.ts';
import { ResultPanel, type Question } from './result-panel.ts';

/** All result grids that are open. */
export class Results implements vscode.WebviewPanelSerializer<ResultMemory>, vscode.Disposable {
  readonly #host: HostBase;
  readonly #workers: LakeWorkers;
  readonly #panels = new Set<ResultPanel>();
  readonly #registration: vscode.Disposable;
  #latest: ResultPanel | undefined;

  constructor(host: HostBase, workers: LakeWorkers) {
    this.#host = host;
    this.#workers = workers;
    this.#registration = vscode.window.registerWebviewPanelSerializer(RESULT_VIEW, this);
  }

  /** The grid that is looked at, or was last. */
  get active(): ResultPanel | undefined {
    return [...this.#panels].find(({ panel }) => panel.active) ?? this.#latest;
  }

  /** Runs a question; its rows come beside the editor, in the grid that shows this question already or in a new one. */
  async show(question: Question): Promise<void> {
    const known = [...this.#panels].find((each) => each.question.key === question.key);
    const result = known ?? this.#add(this.#newPanel(question.title), question);
    result.panel.reveal(undefined, true);
    this.#latest = result;
    await result.run(question);
  }

  #newPanel(title: string): vscode.WebviewPanel {
    const beside = [...this.#panels][0]?.panel.viewColumn ?? vscode.ViewColumn.Beside;
    const where = { viewColumn: beside, preserveFocus: true };
    return vscode.window.createWebviewPanel(RESULT_VIEW, title, where, webviewOptions(this.#host.extension));
  }

  #add(panel: vscode.WebviewPanel, question: Question): ResultPanel {
    const tell = (): void => this.#tell();
    const result = new ResultPanel(this.#host, this.#workers, panel, question, tell);
    this.#panels.add(result);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#latest = result;
    });
    panel.onDidDispose(() => {
      this.#panels.delete(result);
      if (this.#latest === result) this.#latest = undefined;
      result.dispose();
      tell();
    });
    return result;
  }

  #tell(): void {
    const panels = [...this.#panels];
    void setContexts({
      [EDITOR_CONTEXTS.running]: panels.some(({ isRunning }) => isRunning),
      [EDITOR_CONTEXTS.result]: panels.some(({ result }) => result !== undefined),
    });
  }

  /** After the window was reloaded the panel is there, and its rows are gone: it offers to run again. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (!isTrusted()) return showRestricted(panel, () => void this.deserializeWebviewPanel(panel, state));
    const memory = asResultMemory(state);
    const lake = (await lakesHere()).find(({ orgId }) => orgId === memory?.orgId);
    if (memory === undefined || lake === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.#host.extension);
    this.#add(panel, { key: `again:${memory.title}`, title: memory.title, sql: memory.sql, lake });
  }

  dispose(): void {
    this.#registration.dispose();
    for (const { panel } of this.#panels) panel.dispose();
  }
}
