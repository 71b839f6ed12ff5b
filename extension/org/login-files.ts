import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** As @salesforce/core names the file of a login: `USERNAME.json`. */
const LOGIN = /^[^.][^@]*@[^.]+(?:\.[^.\s]+)+\.json$/;

/** Where sf keeps a file for each login. */
export function loginsFolder(): string {
  return path.join(os.homedir(), '.sfdx');
}

/** Whether sf holds a login on this machine, by the names of its files: reads none and loads nothing, so it may be asked often. */
export async function holdsLogin(): Promise<boolean> {
  const files = await readdir(loginsFolder()).catch(() => []);
  return files.some((file) => LOGIN.test(file));
}
