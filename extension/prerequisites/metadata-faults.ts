import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE, CONNECTOR_SET } from './connector.ts';

/** Something in a metadata file that makes a prerequisite fail once the file is deployed. */
export interface MetadataFault {
  /** The prerequisite that it breaks. */
  readonly prerequisite: string;
  readonly kind: 'permission-missing' | 'permission-off' | 'deliveries-off' | 'sessions-locked';
  /** API name of the permission. */
  readonly permission?: string;
  /** Where in the text: offsets. */
  readonly start: number;
  readonly end: number;
  /** What puts it right: `text` in place of what stands between the offsets. */
  readonly fix: { readonly start: number; readonly end: number; readonly text: string };
}

type Check = (text: string) => readonly MetadataFault[];

const CHECKS: readonly (readonly [fileName: string, check: Check])[] = [
  [`${CONNECTOR_PROFILE}.profile-meta.xml`, permissionFaults],
  [`${CONNECTOR_SET}.permissionset-meta.xml`, permissionFaults],
  [
    'Content.settings-meta.xml',
    flagFaults('enableContentDistribution', 'true', 'content-deliveries', 'deliveries-off'),
  ],
  ['Security.settings-meta.xml', flagFaults('lockSessionsToIp', 'false', 'session-ip-lock', 'sessions-locked')],
];

/** The files that are looked at. */
export const METADATA_FILES: readonly string[] = CHECKS.map(([fileName]) => fileName);

/**
 * What of a metadata file Verify would find wanting after a deploy. A setting that the file leaves out is none of its
 * business: a deploy leaves it as the org has it.
 * @param fileName without folder; files of other names have no faults
 */
export function metadataFaults(fileName: string, text: string): readonly MetadataFault[] {
  const check = CHECKS.find(([name]) => name === decodeURIComponent(fileName))?.[1];
  return check?.(withoutComments(text)) ?? [];
}

/** Comments become blanks, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/<!--[^]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
}

function flagFaults(
  element: string,
  wanted: 'true' | 'false',
  prerequisite: string,
  kind: MetadataFault['kind'],
): Check {
  return (text) =>
    [...text.matchAll(new RegExp(`<${element}>\\s*(\\w+)\\s*</${element}>`, 'g'))].flatMap((match) => {
      if (match[1] === wanted) return [];
      const start = match.index;
      const end = start + match[0].length;
      return [{ prerequisite, kind, start, end, fix: { start, end, text: `<${element}>${wanted}</${element}>` } }];
    });
}

interface Written {
  readonly name: string;
  readonly enabled: boolean;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The six have to be in it and on; what they drag in may be called otherwise in another org, but not be off. */
function permissionFaults(text: string): readonly MetadataFault[] {
  const written = [...text.matchAll(/<userPermissions>[^]*?<\/userPermissions>/g)].map((match): Written => ({
    name: /<name>\s*([^<\s]+)\s*<\/name>/.exec(match[0])?.[1] ?? '',
    enabled: /<enabled>\s*true\s*<\/enabled>/.test(match[0]),
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
  const off = written.filter(({ name, enabled }) => !enabled && CONNECTOR_CLOSURE.includes(name));
  const missing = CONNECTOR_PERMISSIONS.filter(({ name }) => !written.some((each) => each.name === name));
  return [
    ...off.map(({ name, start, end, text: entry }): MetadataFault => ({
      prerequisite: prerequisiteOf(name),
      kind: 'permission-off',
      permission: name,
      start,
      end,
      fix: { start, end, text: entry.replace(/<enabled>[^<]*<\/enabled>/, '<enabled>true</enabled>') },
    })),
    ...missing.flatMap(({ name }) => missingFault(text, written, name)),
  ];
}

function prerequisiteOf(permission: string): string {
  return CONNECTOR_PERMISSIONS.find(({ name }) => name === permission)?.id ?? 'connector-profile';
}

/** A missing permission is told at the root element, and belongs where its name sorts. */
function missingFault(text: string, written: readonly Written[], permission: string): readonly MetadataFault[] {
  const root = /<(?:Profile|PermissionSet)\b[^>]*>/.exec(text);
  const close = /<\/(?:Profile|PermissionSet)>/.exec(text);
  if (root === null || close === null) return [];
  const before = written.find(({ name }) => name > permission);
  const last = written.at(-1);
  const at = before?.start ?? last?.end ?? close.index;
  const lines = [
    '<userPermissions>',
    '    <enabled>true</enabled>',
    `    <name>${permission}</name>`,
    '</userPermissions>',
  ];
  const entry = lines.join('\n    ');
  const added = before ? `${entry}\n    ` : last ? `\n    ${entry}` : `    ${entry}\n`;
  return [
    {
      prerequisite: prerequisiteOf(permission),
      kind: 'permission-missing',
      permission,
      start: root.index,
      end: root.index + root[0].length,
      fix: { start: at, end: at, text: added },
    },
  ];
}
