import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Everything below folders, a line each: mode, size, time of change, and the hash of what it holds or where it leads. */
export async function listing(...folders: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const folder of folders)
    for (const name of ['', ...(await readdir(folder, { recursive: true })).sort()]) {
      const file = path.join(folder, name);
      const stats = await lstat(file);
      const holds = stats.isSymbolicLink()
        ? await readlink(file)
        : stats.isFile()
          ? createHash('sha256')
              .update(await readFile(file))
              .digest('hex')
          : '';
      lines.push(`${file} ${stats.mode.toString(8)} ${stats.size} ${stats.mtimeMs} ${holds}`);
    }
  return lines;
}
