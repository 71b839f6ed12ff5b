import JSZip from 'jszip';
import type { ComponentType } from './store.ts';
import { childrenNamed, childText, parseXml, XmlError, type XmlElement } from './xml.ts';

/** Folder and suffix of each type in a package, as describeMetadata tells them. */
export const componentTypes: readonly {
  readonly type: ComponentType;
  readonly folder: string;
  readonly suffix: string;
}[] = [
  { type: 'ExternalClientApplication', folder: 'externalClientApps', suffix: 'eca' },
  { type: 'ExtlClntAppGlobalOauthSettings', folder: 'extlClntAppGlobalOauthSets', suffix: 'ecaGlblOauth' },
  { type: 'ExtlClntAppOauthConfigurablePolicies', folder: 'extlClntAppOauthPolicies', suffix: 'ecaOauthPlcy' },
  { type: 'ExtlClntAppOauthSettings', folder: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  { type: 'PermissionSet', folder: 'permissionsets', suffix: 'permissionset' },
  { type: 'Profile', folder: 'profiles', suffix: 'profile' },
  { type: 'Settings', folder: 'settings', suffix: 'settings' },
];

/** One entry of `<types>`: the members of a type, `*` for all. */
export interface ManifestTypes {
  readonly name: string;
  readonly members: readonly string[];
}

export interface Manifest {
  readonly types: readonly ManifestTypes[];
  /** `<version>`, e.g. 66; undefined when the manifest names none. */
  readonly version: number | undefined;
}

/** Reads package.xml, or the `unpackaged` element of a retrieve request. */
export function readManifest(root: XmlElement): Manifest {
  const version = childText(root, 'version');
  return {
    types: childrenNamed(root, 'types').map((types) => ({
      name: childText(types, 'name') ?? '',
      members: childrenNamed(types, 'members').map((member) => member.text),
    })),
    version: version === undefined || version === '' ? undefined : Number(version),
  };
}

export interface PackageFile {
  /** Path from the package's root, e.g. `profiles/X.profile`. */
  readonly path: string;
  readonly type: ComponentType;
  readonly fullName: string;
  readonly content: string;
}

export interface Package {
  /** A manifest, or why there is none. */
  readonly manifest: Manifest | { readonly problem: string; readonly line?: number; readonly column?: number };
  readonly files: readonly PackageFile[];
  /** What destructiveChanges*.xml names. */
  readonly deletions: readonly { readonly fileName: string; readonly types: readonly ManifestTypes[] }[];
}

/**
 * Reads the zip of a deployment.
 *
 * @param singlePackage true: package.xml is at the root; false: it is in the one folder at the root
 */
export async function readPackage(zip: Buffer, singlePackage: boolean): Promise<Package> {
  const entries = await readEntries(zip);
  const manifestPath = [...entries.keys()].find((path) =>
    singlePackage ? path === 'package.xml' : /^[^/]+\/package\.xml$/.test(path),
  );
  const noManifest = { manifest: { problem: 'No package.xml found' }, files: [], deletions: [] };
  if (manifestPath === undefined) return noManifest;
  const root = manifestPath.slice(0, -'package.xml'.length);
  const inRoot = [...entries]
    .filter(([path]) => path.startsWith(root))
    .map(([path, content]) => [path.slice(root.length), content] as const);
  try {
    return {
      manifest: readManifest(parseXml(entries.get(manifestPath) as string)),
      files: inRoot.flatMap(([path, content]) => toFile(path, content)),
      deletions: inRoot
        .filter(([path]) => /^destructiveChanges(Pre|Post)?\.xml$/.test(path))
        .map(([fileName, content]) => ({ fileName, types: readManifest(parseXml(content)).types })),
    };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const problem = `Error parsing file: ${error.message}`;
    return { ...noManifest, manifest: { problem, line: error.line, column: error.column } };
  }
}

async function readEntries(zip: Buffer): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  const archive = await JSZip.loadAsync(zip).catch(() => new JSZip());
  for (const file of Object.values(archive.files)) {
    if (!file.dir) entries.set(file.name, await file.async('string'));
  }
  return entries;
}

function toFile(path: string, content: string): PackageFile[] {
  return componentTypes
    .filter(({ folder, suffix }) => path.startsWith(`${folder}/`) && path.endsWith(`.${suffix}`))
    .map(({ type, folder, suffix }) => ({
      path,
      type,
      fullName: path.slice(folder.length + 1, -suffix.length - 1),
      content,
    }));
}

/** A zip of the given files by path; the same files give the same bytes. */
export async function writeZip(files: ReadonlyMap<string, string>): Promise<Buffer> {
  const archive = new JSZip();
  const date = new Date(Date.UTC(2000, 0, 1));
  for (const [path, content] of files) archive.file(path, content, { date, createFolders: false });
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
