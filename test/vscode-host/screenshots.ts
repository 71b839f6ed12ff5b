import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PICTURES } from './pictures.ts';
import { root } from './scene.ts';
import { Stage } from './stage.ts';
import { tellStory } from './story.ts';
import { THEMES, type Theme } from './theme.ts';

/**
 * Takes the pictures of README from the real VS Code, each in light, dark and high contrast, and the moving one.
 *   npm run screenshots                      all of them
 *   npm run screenshots -- dashboard story   those alone
 */
const STORY = 'story';
const images = path.join(root, 'docs/images');
const known = [...Object.keys(PICTURES), STORY];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : known;
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`no such picture: ${unknown}; one of ${known.join(', ')}`);

const pictures = Object.entries(PICTURES).filter(([name]) => wanted.includes(name));
if (pictures.length > 0) {
  await using stage = await Stage.open({ width: 1280, height: 860 });
  for (const [name, show] of pictures) {
    try {
      await show(stage);
      for (const theme of Object.keys(THEMES) as Theme[]) await keep(`${name}-${theme}.png`, await stage.shoot(theme));
    } catch (error) {
      const file = path.join(tmpdir(), `orgwatch-${name}-failed.png`);
      await stage.workbench.page.screenshot({ path: file });
      console.error(`${name} could not be taken; how far it came: ${file}`, error);
      process.exitCode = 1;
    }
    await stage.clear();
  }
}
if (wanted.includes(STORY)) await keep(`${STORY}.gif`, await tellStory());

async function keep(name: string, picture: Buffer): Promise<void> {
  await writeFile(path.join(images, name), picture);
  console.log(`docs/images/${name}  ${Math.round(picture.byteLength / 1000)} kB`);
}
