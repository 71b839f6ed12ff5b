import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Scene } from './scene.ts';

/** What nobody caught, by whoever it was thrown; stack frames of ours name the extension's folder. */
const UNCAUGHT = /unhandled|not handled within|uncaught/i;

/** The lines of VS Code's logs that tell of an error which Orgwatch let fall, those of all extension hosts included. */
export async function uncaughtIn(scene: Pick<Scene, 'folder'>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob('code-server/data/logs/**/*.log', { cwd: scene.folder })) {
    const lines = (await readFile(path.join(scene.folder, file), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      const around = lines.slice(index, index + 12).join('\n');
      if (UNCAUGHT.test(line) && /orgwatch/i.test(around)) found.push(`${file}: ${line}`);
    }
  }
  return found;
}
