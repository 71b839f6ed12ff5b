import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Each takes about a second; a loaded machine needs some before its extension host answers. */
const ATTEMPTS = 60;

/** What a person does in VS Code's window, by what they see there. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a folder in the VS Code that answers at `port`, and waits until it can be used. */
  static async open(page: Page, port: number, folder: string): Promise<Workbench> {
    const query = new URLSearchParams({ folder });
    await page.goto(`http://127.0.0.1:${port}/?${query.toString()}`);
    const workbench = new Workbench(page);
    await page.locator('.monaco-workbench .statusbar').waitFor();
    // The remote indicator names the host once the extension host can be reached.
    await page.locator('.monaco-workbench .part.sidebar .explorer-folders-view').waitFor();
    return workbench;
  }

  /** F1, the command's title, Enter; again while VS Code has not read its extensions yet. */
  async run(title: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press('F1');
      await this.input().pressSequentially(title);
      await this.rows().first().waitFor();
      if ((await this.rows(title).count()) > 0) break;
      if (attempt === ATTEMPTS) throw new Error(`The command palette does not offer “${title}”.`);
      await this.page.keyboard.press('Escape');
      await this.quickInput().waitFor({ state: 'hidden' });
    }
    await this.page.keyboard.press('Enter');
  }

  /** Types a label into the open quick pick and takes the row that carries it. */
  async choose(label: string): Promise<void> {
    await this.rows(label).first().waitFor();
    await this.input().fill(label);
    await this.rows(label).and(this.page.locator('.focused')).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The rows of the open quick input, or those with a text. */
  rows(hasText = ''): Locator {
    return this.quickInput().locator('.monaco-list-row', { hasText });
  }

  input(): Locator {
    return this.quickInput().locator('input[type="text"]');
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** The notifications that are shown, or those with a text. */
  toasts(hasText = ''): Locator {
    return this.page.locator('.notification-toast', { hasText });
  }

  tab(label: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: label });
  }

  /** The page inside the webview that is shown: VS Code nests it in two frames. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview:visible').frameLocator('iframe#active-frame');
  }
}
