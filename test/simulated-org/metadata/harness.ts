import JSZip from 'jszip';
import { makeId } from '../ids.ts';
import type { OrgState, Scenario } from '../model.ts';
import { scenarioNamed } from '../scenarios.ts';
import { createOrgState } from '../state.ts';
import { createMetadataApi, type MetadataApi, type MetadataUser, type SetupChange } from './index.ts';
import { standardProfilePermissions } from './permissions.ts';
import {
  child,
  childrenNamed,
  childText,
  METADATA_NAMESPACE,
  parseXml,
  renderXml,
  type XmlElement,
  type XmlObject,
} from './xml.ts';

/** An org of a scenario with its Metadata API and nothing around it. */
export interface Harness {
  readonly state: OrgState;
  readonly api: MetadataApi;
  readonly admin: MetadataUser;
  readonly changes: readonly SetupChange[];
  /** Calls an operation as the administrator; the element inside `<result>`, or the fault. */
  call(operation: string, body: XmlObject, user?: MetadataUser): Promise<XmlElement>;
  /** Deploys files by path, with the package.xml that fits them, and waits for the end. */
  deploy(files: Readonly<Record<string, string>>, options?: XmlObject): Promise<XmlElement>;
  /** Retrieves members by type and gives the files of the zip. */
  retrieve(types: Readonly<Record<string, readonly string[]>>): Promise<Map<string, string>>;
}

export function createHarness(scenario: Scenario | string = 'fresh'): Harness {
  const adminUserId = makeId('005', 1);
  const serviceUserId = makeId('005', 2);
  const state = createOrgState({
    orgId: makeId('00D', 1),
    scenario: typeof scenario === 'string' ? scenarioNamed(scenario) : scenario,
    now: () => new Date('2026-11-24T05:30:00.000Z'),
    users: [
      { Id: adminUserId, Name: 'Ada Admin', Username: 'admin@example.com', ProfileName: 'System Administrator' },
      { Id: serviceUserId, Name: 'Sven Service', Username: 'service@example.com', ProfileName: 'Standard User' },
    ],
    adminUserId,
    serviceUserId,
    usernameSuffix: '',
  });
  const changes: SetupChange[] = [];
  const api = createMetadataApi(state, { onChange: (change) => changes.push(change) });
  const admin = {
    userId: adminUserId,
    permissions: standardProfilePermissions('System Administrator', state.scenario),
  };

  const call: Harness['call'] = async (operation, body, user = admin) => {
    const reply = await api.soap(envelope(operation, body), user, { apiVersion: '66.0' });
    const content = child(parseXml(reply.xml), 'Body')?.children[0] as XmlElement;
    return child(content, 'result') ?? content;
  };
  const waitFor = async (operation: string, id: string): Promise<XmlElement> => {
    for (;;) {
      const result = await call(operation, { asyncProcessId: id, includeDetails: true });
      if (childText(result, 'done') === 'true') return result;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    state,
    api,
    admin,
    changes,
    call,
    async deploy(files, options = {}) {
      const queued = await call('deploy', {
        ZipFile: (await zipOf(files)).toString('base64'),
        DeployOptions: { rollbackOnError: true, singlePackage: true, ...options },
      });
      return waitFor('checkDeployStatus', childText(queued, 'id') as string);
    },
    async retrieve(types) {
      const queued = await call('retrieve', {
        request: {
          apiVersion: '66.0',
          unpackaged: { types: Object.entries(types).map(([name, members]) => ({ members, name })), version: '66.0' },
        },
      });
      const result = await waitFor('checkRetrieveStatus', childText(queued, 'id') as string);
      const zip = await JSZip.loadAsync(childText(result, 'zipFile') as string, { base64: true });
      const files = new Map<string, string>();
      for (const file of Object.values(zip.files)) files.set(file.name, await file.async('string'));
      return files;
    },
  };
}

function envelope(operation: string, body: XmlObject): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soapenv:Body xmlns="${METADATA_NAMESPACE}">${renderXml(operation, body)}</soapenv:Body></soapenv:Envelope>`
  );
}

const typeOfFolder: Readonly<Record<string, string>> = {
  profiles: 'Profile',
  permissionsets: 'PermissionSet',
  settings: 'Settings',
};

/** A package of these files; a package.xml is added where there is none. */
export async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new JSZip();
  const types = Object.keys(files).flatMap((path) => {
    const [folder, file] = path.split('/');
    const name = typeOfFolder[folder ?? ''];
    return name === undefined || file === undefined ? [] : [{ members: file.slice(0, file.lastIndexOf('.')), name }];
  });
  zip.file('package.xml', renderXml('Package', { types, version: '66.0' }));
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** A metadata file with these elements. */
export function file(type: string, content: XmlObject): string {
  return renderXml(type, { '@xmlns': METADATA_NAMESPACE, ...content });
}

/** A profile file that enables (or, with a leading `-`, disables) user permissions. */
export function profileFile(...permissions: readonly string[]): string {
  return file('Profile', { custom: true, userLicense: 'Salesforce', userPermissions: entries(permissions) });
}

/** A permission set file, likewise. */
export function permissionSetFile(label: string, ...permissions: readonly string[]): string {
  return file('PermissionSet', { label, userPermissions: entries(permissions) });
}

function entries(permissions: readonly string[]): readonly XmlObject[] {
  return permissions.map((name) => ({ enabled: !name.startsWith('-'), name: name.replace(/^-/, '') }));
}

/** The component messages of a DeployResult as `fullName: problem` or `fullName: created|changed|unchanged|deleted`. */
export function outcomes(result: XmlElement): string[] {
  const details = child(result, 'details');
  return [...childrenNamed(details, 'componentFailures'), ...childrenNamed(details, 'componentSuccesses')]
    .filter((message) => childText(message, 'componentType') !== '')
    .map((message) => {
      const state = ['deleted', 'created', 'changed'].find((flag) => childText(message, flag) === 'true');
      return `${childText(message, 'fullName') ?? ''}: ${childText(message, 'problem') ?? state ?? 'unchanged'}`;
    });
}
