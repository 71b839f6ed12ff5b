import * as vscode from 'vscode';
import { messageOf } from '../shared/errors.ts';
import { RAW_SCHEME } from './ids.ts';
import { rawFile, SHOWN_BYTES } from './raw-facts.ts';
import { RawNotes } from './raw-notes.ts';

/** Raw files as Salesforce sent them: decompressed, byte for byte, and nobody writes to them. */
class RawFileSystem implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const [folder, file] = await rawFile(uri);
    const { readProvenance } = await import('../lake/provenance.ts');
    try {
      const [{ mtimeMs, birthtimeMs }, provenance] = await Promise.all([
        folder.stat(file),
        readProvenance(folder, file),
      ]);
      const size = Math.min(provenance?.bytes ?? 0, SHOWN_BYTES);
      return { type: vscode.FileType.File, ctime: birthtimeMs, mtime: mtimeMs, size };
    } catch {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { readRaw } = await import('../lake/raw-file.ts');
    try {
      return (await readRaw(...(await rawFile(uri)), SHOWN_BYTES)).bytes;
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('The raw file cannot be read: {0}', messageOf(error)));
    }
  }

  watch(): vscode.Disposable {
    // A raw file never changes.
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

export function registerRawFiles(): vscode.Disposable {
  const notes = new RawNotes();
  const isReadonly = new vscode.MarkdownString(
    vscode.l10n.t('This is the file as Salesforce sent it: evidence, which nobody changes.'),
  );
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(RAW_SCHEME, new RawFileSystem(), { isReadonly, isCaseSensitive: true }),
    vscode.languages.registerCodeLensProvider({ scheme: RAW_SCHEME }, notes),
    vscode.languages.registerHoverProvider({ scheme: RAW_SCHEME }, notes),
  );
}
