import type { Page } from 'playwright-core';
import sharp from 'sharp';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Frame {
  readonly png: Buffer;
  readonly milliseconds: number;
}

/** Tip at (4, 4). A page in a browser without a screen shows no pointer. */
const POINTER = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">
<path d="M4 4v21l5.5-5 3.6 8 4-1.8-3.6-7.8h7.5z" fill="#000" stroke="#fff" stroke-width="1.8" stroke-linejoin="round"/></svg>`;

/** Pictures of a page, each shown for its time, over and over. */
export class MovingPicture {
  readonly #page: Page;
  readonly #frames: Frame[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** Takes the page as it is, with a pointer where a person is about to click. */
  async take(milliseconds: number, pointer?: Point): Promise<void> {
    const png = await this.#page.screenshot({ animations: 'disabled' });
    this.#frames.push({ png: pointer === undefined ? png : await pointed(png, pointer), milliseconds });
  }

  async asGif(): Promise<Buffer> {
    const pages = this.#frames.map(({ png }) => png);
    const delay = this.#frames.map(({ milliseconds }) => milliseconds);
    return await sharp(pages, { join: { animated: true } })
      .gif({ delay, loop: 0, effort: 10, dither: 0 })
      .toBuffer();
  }
}

async function pointed(png: Buffer, { x, y }: Point): Promise<Buffer> {
  const at = { left: Math.round(x) - 4, top: Math.round(y) - 4 };
  return await sharp(png)
    .composite([{ input: Buffer.from(POINTER), ...at }])
    .png()
    .toBuffer();
}
