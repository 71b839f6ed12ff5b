import sharp from 'sharp';
import { openScene, type Scene } from './scene.ts';
import { wears, writeTheme, type Theme } from './theme.ts';
import { openWindow } from './window.ts';
import type { Workbench } from './workbench.ts';

/** What pictures are taken of: VS Code with Orgwatch's views open, two orgs, and the login of an administrator. */
export class Stage implements AsyncDisposable {
  readonly scene: Scene;
  readonly workbench: Workbench;
  readonly #cleanup: AsyncDisposableStack;
  #isSynced = false;

  private constructor(scene: Scene, workbench: Workbench, cleanup: AsyncDisposableStack) {
    this.scene = scene;
    this.workbench = workbench;
    this.#cleanup = cleanup;
  }

  /** @param size of the window, in pixels */
  static async open(size: { readonly width: number; readonly height: number }): Promise<Stage> {
    await using cleanup = new AsyncDisposableStack();
    const scene = cleanup.use(await openScene());
    await scene.authorizeAdmin();
    await writeTheme(scene.workspace, 'light');
    const { workbench } = cleanup.use(
      await openWindow(scene, { 'orgwatch.backfill.days': 30, 'workbench.editor.enablePreview': false }),
    );
    await workbench.page.setViewportSize(size);
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('ready, ').waitFor();
    await workbench.widenSideBar(40);
    return new Stage(scene, workbench, cleanup.move());
  }

  /** The events of the prepared org are here; comes back at once when they are already. */
  async synced(): Promise<void> {
    if (this.#isSynced) return;
    await this.sync();
    await this.clear();
  }

  /** Syncs the prepared org; its report is what is open then. */
  async sync(): Promise<void> {
    await this.workbench.run('Orgwatch: Sync Now');
    await this.workbench.choose('ready');
    await this.workbench.tab('ready – Sync').waitFor({ timeout: 600_000 });
    this.#isSynced = true;
  }

  /** The window as it is, once it wears the theme; the mouse is where it points at nothing. */
  async shoot(theme: Theme): Promise<Buffer> {
    const { page } = this.workbench;
    await writeTheme(this.scene.workspace, theme);
    await wears(this.workbench, theme);
    await page.mouse.move(page.viewportSize()?.width ?? 0, 0);
    return await small(await page.screenshot({ animations: 'disabled' }));
  }

  /** Leaves what is asked, if anything is, and closes what is open: the next picture begins without. */
  async clear(): Promise<void> {
    const { workbench } = this;
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput().waitFor({ state: 'hidden' });
    await workbench.run('View: Close All Editors');
    await workbench.tab('').first().waitFor({ state: 'detached' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cleanup.disposeAsync();
  }
}

/** The same picture with a palette: half the bytes. */
async function small(png: Buffer): Promise<Buffer> {
  return await sharp(png).png({ palette: true, effort: 10, compressionLevel: 9, dither: 0 }).toBuffer();
}
