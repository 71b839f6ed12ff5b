import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { succeeds, until, untilDone } from './until.ts';

/** Each takes about a second; a loaded machine needs some before its extension host answers. */
const ATTEMPTS = 60;

/** What a person does in VS Code's window, by what they see there. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a folder or a .code-workspace, or a window without, in the VS Code that answers at `port`; waits for it. */
  static async open(page: Page, port: number, folder: string | undefined): Promise<Workbench> {
    const isFile = folder?.endsWith('.code-workspace');
    const query = new URLSearchParams(
      folder === undefined ? { ew: 'true' } : { [isFile ? 'workspace' : 'folder']: folder },
    );
    await page.goto(`http://127.0.0.1:${port}/?${query.toString()}`);
    const workbench = new Workbench(page);
    await workbench.isThere(folder !== undefined);
    return workbench;
  }

  /** Closes the window and opens it again, as it was. */
  async reopen(): Promise<void> {
    const address = this.page.url();
    await this.page.goto('about:blank');
    await this.page.goto(address);
    await this.isThere(true);
  }

  /** Resolves when the window can be used; one with a folder shows a side bar. */
  async isThere(hasFolder: boolean): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    if (hasFolder) await this.page.locator('.monaco-workbench .part.sidebar .pane').first().waitFor();
  }

  /**
   * F1, the command's title, Enter.
   * @returns when Enter was pressed, in ms since 1970
   */
  async run(title: string): Promise<number> {
    await this.openPalette(title, this.rows(title).and(this.page.locator('.focused')));
    const start = Date.now();
    await this.accept();
    await this.isTaken(`>${title}`);
    return start;
  }

  /**
   * Runs a command that asks for one of a list and takes that, until what it leads to is there. The effect is best
   * something that stays, or either of two things that follow each other: what passes by may be gone before it is looked for.
   */
  async pick(title: string, label: string, effect: Locator): Promise<void> {
    await until(effect, async () => {
      await this.calm();
      await this.run(title);
      await this.choose(label);
    });
  }

  /** A sync that began: under way still, or over already and its report there. */
  syncOf(org: string): Locator {
    return this.toasts(`Syncing ${org}`).or(this.tab(`${org} – Sync`));
  }

  /** Leaves what an earlier test may have left open: a question, a list to pick from. */
  async calm(): Promise<void> {
    // The key goes to what is to close, wherever the focus is.
    for (const [open, taker] of [
      [this.dialog(), this.dialog().getByRole('button').first()],
      [this.quickInput(), this.input()],
    ] as const)
      while ((await open.count()) > 0) {
        await succeeds(taker.press('Escape', { timeout: 1_000 }));
        await succeeds(open.waitFor({ state: 'hidden', timeout: 5_000 }));
      }
  }

  /** Whether the command palette offers commands, where it is asked for what their titles have in common. */
  async offered(common: string, ...titles: readonly [string, ...string[]]): Promise<readonly boolean[]> {
    await this.openPalette(common, this.rows(titles[0]));
    const offered: boolean[] = [];
    for (const title of titles) offered.push((await this.rows(title).count()) > 0);
    await this.calm();
    return offered;
  }

  /** The command palette with a text, once it shows a row; again while VS Code has not read its extensions yet. */
  private async openPalette(text: string, row: Locator): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      await this.page.keyboard.press('F1');
      // What closes or takes the focus at this moment may take the palette along.
      const isShown = await succeeds(
        this.input()
          .pressSequentially(text, { timeout: 5_000 })
          .then(async () => await this.rows().first().waitFor({ timeout: 5_000 }))
          .then(async () => await row.first().waitFor({ timeout: 1_000 })),
      );
      if (isShown) return;
      await this.calm();
    }
    throw new Error(`The command palette does not offer “${text}”.`);
  }

  /** Writes a text in place of what the active editor holds. */
  async write(text: string): Promise<void> {
    // A click may land beside the text, where a long line has scrolled it away.
    await this.page.locator('.editor-instance .native-edit-context').first().focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Types a label into the open quick pick and takes the row that carries it. */
  async choose(label: string): Promise<void> {
    await this.rows(label).first().waitFor();
    await this.input().fill(label);
    await this.rows(label).and(this.page.locator('.focused')).waitFor();
    await this.accept();
    await this.isTaken(label);
  }

  /** Enter again while the quick input still holds the text that was accepted: VS Code passes over a key while it is busy. */
  private async isTaken(text: string): Promise<void> {
    const isGone = `![...document.querySelectorAll('.quick-input-widget input[type="text"]')]
      .some((input) => input.checkVisibility() && input.value === ${JSON.stringify(text)})`;
    while (!(await succeeds(this.page.waitForFunction(isGone, undefined, { timeout: 5_000 }))))
      await succeeds(this.input().press('Enter', { timeout: 1_000 }));
  }

  /** Enter in the quick input: a walkthrough or a report that opens meanwhile may have taken the focus. */
  async accept(): Promise<void> {
    await this.input().press('Enter');
  }

  /** Confirms the path that VS Code's file dialog proposes, once it does; it passes over Enter while it reads the folder. */
  async saveAs(file: string): Promise<void> {
    const value = `document.querySelector('.quick-input-widget input[type="text"]')?.value`;
    await this.page.waitForFunction(`${value} === ${JSON.stringify(file)}`);
    do await succeeds(this.input().press('Enter', { timeout: 5_000 }));
    while (!(await succeeds(this.quickInput().waitFor({ state: 'hidden', timeout: 5_000 }))));
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

  /** Opens a view container of the activity bar, unless it is open. */
  async openContainer(title: string): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item', { has: this.page.locator(`[aria-label^="${title}"]`) });
    if ((await icon.getAttribute('class'))?.includes('checked') !== true) await icon.click();
  }

  /** Drags the edge of the side bar. */
  async widenSideBar(pixels: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** The rows of the tree views that a screen reader begins so. */
  treeRows(says: string): Locator {
    return this.page.locator(`.tree-explorer-viewlet-tree-view .monaco-list-row[aria-label^="${says}"]`);
  }

  /** Unfolds a row of a tree view, once it can be. */
  async unfold(says: string): Promise<void> {
    const row = (expanded: string) => this.treeRows(says).and(this.page.locator(`[aria-expanded${expanded}]`));
    await row('').waitFor();
    await until(row('="true"'), async () => {
      if ((await row('="true"').count()) === 0)
        await row('="false"').locator('.monaco-tl-twistie').click({ timeout: 5_000 });
    });
  }

  /** Clicks an action that a row of a tree view shows under the mouse; a tree that is read again makes its rows anew. */
  async act(says: string, action: string): Promise<void> {
    const row = this.treeRows(says);
    await row.waitFor();
    await untilDone(async () => {
      await row.hover({ timeout: 5_000 });
      await row.locator(`.actions [aria-label="${action}"]`).click({ timeout: 5_000 });
    });
  }

  /** Ends a sync that an earlier test may have left under way; it may end by itself meanwhile. */
  async endSync(org: string): Promise<void> {
    const syncing = this.treeRows(`${org}, syncing`);
    while ((await syncing.count()) > 0) {
      await succeeds(syncing.hover({ timeout: 5_000 }));
      await succeeds(syncing.locator('.actions [aria-label="Cancel Sync"]').click({ timeout: 5_000 }));
      await succeeds(syncing.waitFor({ state: 'hidden', timeout: 30_000 }));
    }
  }

  /** Makes the window so tall that every row is there: a tree makes only the rows that there is room for. */
  async seeAllRows(): Promise<void> {
    await this.page.setViewportSize({ width: 1280, height: 2000 });
  }

  /** The rows of one view, or those with a text. */
  rowsIn(view: string, hasText: string | RegExp = ''): Locator {
    const pane = this.page.locator('.sidebar .pane', { has: this.page.locator('.pane-header', { hasText: view }) });
    return pane.locator('.monaco-list-row', { hasText });
  }

  /** Folds a view up, unless it is: there is more room for the others. */
  async fold(view: string): Promise<void> {
    const header = this.viewHeader(view);
    if ((await header.getAttribute('aria-expanded')) !== 'false') await header.click();
  }

  /** The header of a view: a click folds the view up or down. */
  viewHeader(title: string): Locator {
    return this.page.locator('.sidebar .pane-header', { hasText: title });
  }

  /** What a view without items says, button included. */
  welcome(view: string): Locator {
    const header = this.page.locator('.pane-header', { hasText: view });
    return this.page.locator('.sidebar .pane', { has: header }).locator('.welcome-view-content');
  }

  /** A note or link above the first line of the document that is shown. */
  codeLens(hasText: string): Locator {
    return this.page.locator('.editor-instance:visible .codelens-decoration > *', { hasText });
  }

  /** Our item of the status bar, with a text. */
  status(hasText: string): Locator {
    return this.page.locator('.statusbar-item[id*="orgwatch"]', { hasText });
  }

  tab(label: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: label });
  }

  /** The modal question that is asked. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box:visible');
  }

  /** Answers the modal question by its button. */
  async press(button: string): Promise<void> {
    await this.dialog().getByRole('button', { name: button, exact: true }).click();
    await this.dialog().waitFor({ state: 'hidden' });
  }

  /** The page inside the webview that is shown: VS Code nests it in two frames. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview:visible').frameLocator('iframe#active-frame');
  }

  /** The page inside the webview that holds what the selector finds; there may be several side by side. */
  async webviewWith(selector: string): Promise<Frame> {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await this.page.waitForEvent('framenavigated', { timeout: 500 }).catch(() => undefined);
    }
    throw new Error(`No webview shows ${selector}.`);
  }
}
