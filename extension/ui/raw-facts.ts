import path from 'node:path';
import * as vscode from 'vscode';
import type { SealedProvenance } from '../lake/provenance.ts';
import type { OrgFolder } from '../lake/storage-folder.ts';
import { dataFolders } from './data-folder.ts';
import { RAW_SCHEME } from './ids.ts';
import { isTrusted, restricted } from './trust.ts';

/** How much of a raw file is shown; more of it would only make the editor slow. */
export const SHOWN_BYTES = 20_000_000;

/** A raw file as a document: its path tells a person what it is, its query in which org's folder it lies. */
export function rawUri(folder: string, relative: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RAW_SCHEME, path: `/${relative.replace(/\.zst$/, '')}`, query: folder });
}

/** The org's folder and the file in it. @throws FileSystemError where it is none of a data folder of this window, or that is not trusted */
export async function rawFile(uri: vscode.Uri): Promise<readonly [folder: OrgFolder, file: string]> {
  if (!isTrusted()) throw vscode.FileSystemError.Unavailable(restricted());
  const { OrgFolder } = await import('../lake/storage-folder.ts');
  const folder = path.resolve(uri.query);
  const file = path.resolve(folder, `${uri.path.slice(1)}.zst`);
  const isOurs = dataFolders().some((each) => path.resolve(each) === path.dirname(folder));
  if (isOurs && file.startsWith(path.join(folder, 'raw') + path.sep)) return [new OrgFolder(folder), file];
  throw vscode.FileSystemError.FileNotFound(uri);
}

export interface RawFacts {
  readonly provenance: SealedProvenance | undefined;
  /** How many bytes of it are shown. */
  readonly shown: number;
  readonly whole: boolean;
  /** Of what is on disk; undefined when it was not read to its end. */
  readonly sha256: string | undefined;
}

/** What is known of a raw file: what it carries itself, and what its bytes are. */
export async function rawFacts(uri: vscode.Uri): Promise<RawFacts> {
  const { readProvenance } = await import('../lake/provenance.ts');
  const { readRaw } = await import('../lake/raw-file.ts');
  const file = await rawFile(uri);
  const { bytes, whole, sha256 } = await readRaw(...file, SHOWN_BYTES);
  return { provenance: await readProvenance(...file), shown: bytes.length, whole, sha256 };
}
