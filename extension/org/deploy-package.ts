import { API_VERSION } from './api-version.ts';
import { escapeXml } from './soap.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** A metadata type that Orgwatch deploys: where its files lie in a package, and how they end. */
const FOLDERS = {
  Profile: { folder: 'profiles', suffix: 'profile' },
  PermissionSet: { folder: 'permissionsets', suffix: 'permissionset' },
  Settings: { folder: 'settings', suffix: 'settings' },
} as const;

export type MetadataType = keyof typeof FOLDERS;

export interface Component {
  readonly type: MetadataType;
  /** `Defender for Cloud Apps Connector`; of settings, the type without “Settings”. */
  readonly fullName: string;
  /** The whole file. */
  readonly xml: string;
}

export interface Package {
  readonly components: readonly Component[];
  /** What is to be deleted. */
  readonly deletions?: readonly Pick<Component, 'type' | 'fullName'>[];
}

/** The zip of a package, base64. Source: Metadata API Developer Guide, "Deploying and Retrieving Metadata with the Zip File". */
export async function zipOf({ components, deletions = [] }: Package): Promise<string> {
  const { default: JSZip } = await import('jszip');
  const zip = new JSZip();
  zip.file('package.xml', manifest(components));
  if (deletions.length > 0) zip.file('destructiveChangesPost.xml', manifest(deletions));
  for (const { type, fullName, xml } of components) {
    const { folder, suffix } = FOLDERS[type];
    zip.file(`${folder}/${fullName}.${suffix}`, xml);
  }
  return zip.generateAsync({ type: 'base64', compression: 'DEFLATE' });
}

function manifest(members: readonly Pick<Component, 'type' | 'fullName'>[]): string {
  const types = [...new Set(members.map(({ type }) => type))].map((name) => {
    const own = members.filter(({ type }) => type === name);
    const each = own.map(({ fullName }) => `<members>${escapeXml(fullName)}</members>`).join('');
    return `<types>${each}<name>${name}</name></types>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="${NAMESPACE}">${types.join('')}<version>${API_VERSION}</version></Package>`;
}
