import { readFile } from 'node:fs/promises';

/** The processes that a process started, and those started, whose command line has a text. */
export async function descendants(pid: number, having: string): Promise<readonly number[]> {
  const children = (await read(`/proc/${pid}/task/${pid}/children`)).split(' ').filter(Boolean).map(Number);
  const found: number[] = [];
  for (const child of children) {
    if ((await read(`/proc/${child}/cmdline`)).includes(having)) found.push(child);
    found.push(...(await descendants(child, having)));
  }
  return found;
}

/** Nothing where the process has ended. */
async function read(file: string): Promise<string> {
  return await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}
