/** What VS Code gives a webview: once a page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();

export function post<T>(message: T): void {
  vscode.postMessage(message);
}

export function listen<T>(hear: (message: T) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<T>) => hear(data));
}

/** What the page remembers while it is hidden, and when the window is reloaded. */
export function remembered<T>(): Partial<T> {
  const state = vscode.getState();
  return typeof state === 'object' && state !== null ? state : {};
}

export function remember<T>(state: T): void {
  vscode.setState(state);
}

/** What the extension wrote into the page. */
export function pageData<T>(): T {
  return JSON.parse(document.body.dataset['page'] ?? '{}') as T;
}

/** The text of a template with its {0}. */
export function filled(template: string, ...values: readonly string[]): string {
  return template.replaceAll(/\{(\d)\}/g, (all, index: string) => values[Number(index)] ?? all);
}

const numbers = new Intl.NumberFormat(document.documentElement.lang || 'en');

export function numberText(value: number): string {
  return numbers.format(value);
}
