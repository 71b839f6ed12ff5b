import * as vscode from 'vscode';
import type { VerifyReport } from '../prerequisites/report.ts';
import { VERIFIED_ORGS } from './ids.ts';

/** Outcomes by prerequisite. */
export type Outcomes = Readonly<Record<string, string>>;

/** What Verify found: whole reports in this window, outcomes alone from one window to the next. */
export class Verified implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #reports = new Map<string, VerifyReport>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidVerify = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  async keep(report: VerifyReport): Promise<void> {
    this.#reports.set(report.org.orgId, report);
    const outcomes = report.prerequisites.map(({ id, outcome }) => [id, outcome] as const);
    await this.#memory.update(VERIFIED_ORGS, { ...this.outcomes(), [report.org.orgId]: Object.fromEntries(outcomes) });
    this.#changed.fire();
  }

  /** By organization id. */
  outcomes(): Readonly<Record<string, Outcomes>> {
    return this.#memory.get<Record<string, Outcomes>>(VERIFIED_ORGS) ?? {};
  }

  /** The last report of this window about an org, by its id or the account that was judged. */
  reportOf(org: string): VerifyReport | undefined {
    return this.#reports.get(org) ?? [...this.#reports.values()].find((report) => report.org.username === org);
  }

  /** Whether Verify found it failing last, in any org. */
  isFailing(prerequisite: string): boolean {
    return Object.values(this.outcomes()).some((outcomes) => outcomes[prerequisite] === 'fail');
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
