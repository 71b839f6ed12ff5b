import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';
import { until } from './until.ts';

const TITLE = 'Get your org’s security events';
export type Step = 'connect' | 'prepare' | 'verify' | 'sync' | 'look';

/** Orgwatch's walkthrough. VS Code draws its steps anew when one completes, so that a click may fall into nothing. */
export class Walkthrough {
  readonly #workbench: Workbench;

  private constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Opens it, or comes back to it by its tab. */
  static async open(workbench: Workbench): Promise<Walkthrough> {
    const walkthrough = new Walkthrough(workbench);
    await walkthrough.show();
    return walkthrough;
  }

  async show(): Promise<void> {
    const first = this.#row('connect');
    if (await first.isVisible()) return;
    await until(first, async () => {
      if ((await this.#workbench.tab('Welcome').count()) > 0)
        return await this.#workbench.tab('Welcome').click({ timeout: 5_000 });
      await this.#workbench.pick('Welcome: Open Walkthrough', TITLE, first);
    });
  }

  /** A step, ticked or not. */
  step(step: Step, isDone: boolean): Locator {
    const mark = isDone ? '.codicon-getting-started-step-checked' : '.codicon-getting-started-step-unchecked';
    return this.#row(step).locator(mark);
  }

  /** Unfolds a step by its title. */
  async unfold(step: Step): Promise<void> {
    const unfolded = this.#row(step).and(this.#workbench.page.locator('[aria-expanded="true"]'));
    // A click on the title of a step that is unfolded folds it up.
    if (await unfolded.isVisible()) return;
    await until(unfolded, async () => await this.#row(step).locator('.step-title').click({ timeout: 5_000 }));
  }

  /** Unfolds a step and clicks its button, until what the button leads to is there. */
  async press(step: Step, button: string, effect: Locator): Promise<void> {
    await until(effect, async () => {
      await this.unfold(step);
      const buttons = this.#row(step).locator('.button-container .monaco-button', { hasText: button });
      await buttons.click({ timeout: 5_000 });
    });
  }

  #row(step: Step): Locator {
    return this.#workbench.page.locator(`.getting-started-step[data-step-id$="#${step}"]`);
  }
}
