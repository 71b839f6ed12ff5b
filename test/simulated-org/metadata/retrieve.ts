import { fileProperties, findComponent, listComponents, pathOf, type Component } from './components.ts';
import { componentTypes, readManifest, writeZip, type Manifest } from './package-zip.ts';
import type { MetadataStore } from './store.ts';
import { child, childText, renderMetadataFile, type XmlElement, type XmlObject } from './xml.ts';

/** Milliseconds that a retrieval takes. */
const RUNS_FOR = 120;

/** Retrievals in the background. */
export interface RetrieveJobs {
  /** @returns the Id of the retrieval */
  start(request: XmlElement | undefined, apiVersion: number): string;
  /** RetrieveResult in WSDL order; undefined when there is no retrieval of that Id. */
  result(id: string, includeZip: boolean): XmlObject | undefined;
}

export function createRetrieveJobs(store: MetadataStore): RetrieveJobs {
  const results = new Map<string, XmlObject>();
  return {
    start(request, apiVersion) {
      const id = store.nextId('09S');
      results.set(id, { done: false, id, status: 'InProgress', success: false });
      setTimeout(
        () => void retrieve(store, id, request, apiVersion).then((result) => results.set(id, result)),
        RUNS_FOR,
      ).unref();
      return id;
    },
    result(id, includeZip) {
      const result = results.get(id);
      return result === undefined || includeZip ? result : { ...result, zipFile: undefined };
    },
  };
}

async function retrieve(
  store: MetadataStore,
  id: string,
  request: XmlElement | undefined,
  apiVersion: number,
): Promise<XmlObject> {
  const folder = childText(request, 'singlePackage') === 'true' ? '' : 'unpackaged/';
  const unpackaged = child(request, 'unpackaged');
  const manifest: Manifest = unpackaged === undefined ? { types: [], version: undefined } : readManifest(unpackaged);
  const messages: XmlObject[] = [];
  const components = manifest.types.flatMap(({ name, members }) => {
    const type = componentTypes.find((candidate) => candidate.type === name)?.type;
    if (type === undefined) {
      messages.push({
        fileName: `${folder}package.xml`,
        problem: `Unknown type name '${name}' specified in package.xml`,
      });
      return [];
    }
    return members.flatMap((member) => {
      if (member === '*') return listComponents(store, type);
      const component = findComponent(store, type, member);
      if (component === undefined) {
        const problem = `Entity of type '${type}' named '${member}' cannot be found`;
        messages.push({ fileName: `${folder}package.xml`, problem });
      }
      return component ?? [];
    });
  });
  const files = new Map(
    components.map((component) => [
      `${folder}${pathOf(component)}`,
      renderMetadataFile(component.root, component.retrieve()),
    ]),
  );
  const version = (manifest.version ?? apiVersion).toFixed(1);
  files.set(`${folder}package.xml`, renderMetadataFile('Package', { types: packageTypes(components), version }));
  return {
    done: true,
    fileProperties: [
      ...components.map((component) => fileProperties(store, component, folder)),
      packageProperties(store, folder),
    ],
    id,
    messages,
    status: 'Succeeded',
    success: true,
    zipFile: (await writeZip(files)).toString('base64'),
  };
}

function packageTypes(components: readonly Component[]): readonly XmlObject[] {
  return componentTypes.flatMap(({ type }) => {
    const members = components.filter((component) => component.type === type).map((component) => component.fullName);
    return members.length === 0 ? [] : [{ members: [...new Set(members)].sort(), name: type }];
  });
}

function packageProperties(store: MetadataStore, folder: string): XmlObject {
  const { state } = store;
  const name = String(state.users.get(state.adminUserId)?.['Name'] ?? '');
  return {
    createdById: state.adminUserId,
    createdByName: name,
    createdDate: state.now().toISOString(),
    fileName: `${folder}package.xml`,
    fullName: `${folder}package.xml`,
    id: '',
    lastModifiedById: state.adminUserId,
    lastModifiedByName: name,
    lastModifiedDate: state.now().toISOString(),
    manageableState: 'unmanaged',
    namespacePrefix: '',
    type: 'Package',
  };
}
