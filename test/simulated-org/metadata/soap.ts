import { fileProperties, findComponent, listComponents } from './components.ts';
import { deployResult, type DeployOptions } from './deploy-result.ts';
import { readOperation, SoapFault, soapFault, soapReply, type SoapReply } from './envelope.ts';
import type { DeployJobs } from './jobs.ts';
import { settingsTypes } from './metadata-types.ts';
import { componentTypes } from './package-zip.ts';
import type { RetrieveJobs } from './retrieve.ts';
import type { ComponentType, MetadataStore } from './store.ts';
import { child, childrenNamed, childText, type XmlElement, type XmlValue } from './xml.ts';

/** What an operation works on. */
export interface SoapContext {
  readonly store: MetadataStore;
  readonly deploys: DeployJobs;
  readonly retrieves: RetrieveJobs;
  readonly userId: string;
  readonly apiVersion: number;
}

type Operation = (call: XmlElement, context: SoapContext) => XmlValue;

const operations: Readonly<Record<string, Operation>> = {
  deploy,
  checkDeployStatus,
  cancelDeploy,
  retrieve: (call, { retrieves, apiVersion }) => ({
    done: false,
    id: retrieves.start(child(call, 'request'), apiVersion),
    state: 'Queued',
  }),
  checkRetrieveStatus(call, { retrieves }) {
    const includeZip = childText(call, 'includeZip') !== 'false';
    return retrieves.result(childText(call, 'asyncProcessId') ?? '', includeZip) ?? unknownId();
  },
  readMetadata,
  listMetadata,
  describeMetadata: () => ({
    metadataObjects: componentTypes.map(({ type, folder, suffix }) => ({
      directoryName: folder,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  }),
};

/** Answers one SOAP call of the Metadata API; whatever is refused is a fault with status 500. */
export function answerSoap(envelope: string, context: SoapContext, mayUse: boolean): SoapReply {
  try {
    const call = readOperation(envelope);
    const operation = Object.hasOwn(operations, call.name) ? operations[call.name] : undefined;
    if (operation === undefined) {
      throw new SoapFault(
        'soapenv:Client',
        `No operation available for request {http://soap.sforce.com/2006/04/metadata}${call.name}, please check the WSDL for the service.`,
      );
    }
    if (!mayUse) throw SoapFault.ofApi('INSUFFICIENT_ACCESS', insufficientAccess);
    return soapReply(call.name, operation(call, context));
  } catch (error) {
    if (error instanceof SoapFault) return soapFault(error);
    throw error;
  }
}

/** What Salesforce says to a user without ModifyMetadata and ModifyAllData. */
export const insufficientAccess =
  'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';

function deploy(call: XmlElement, { deploys, userId, apiVersion }: SoapContext): XmlValue {
  const element = child(call, 'DeployOptions');
  // simple_salesforce writes Python's True and False.
  const flag = (name: keyof DeployOptions): boolean => childText(element, name)?.toLowerCase() === 'true';
  const id = deploys.start({
    zip: Buffer.from(childText(call, 'ZipFile') ?? '', 'base64'),
    options: {
      allowMissingFiles: flag('allowMissingFiles'),
      autoUpdatePackage: flag('autoUpdatePackage'),
      checkOnly: flag('checkOnly'),
      ignoreWarnings: flag('ignoreWarnings'),
      performRetrieve: flag('performRetrieve'),
      purgeOnDelete: flag('purgeOnDelete'),
      rollbackOnError: flag('rollbackOnError'),
      runTests: childrenNamed(element, 'runTests').map((test) => test.text),
      singlePackage: flag('singlePackage'),
      testLevel: childText(element, 'testLevel'),
    },
    userId,
    apiVersion,
  });
  return { done: false, id, state: 'Queued' };
}

function checkDeployStatus(call: XmlElement, { deploys }: SoapContext): XmlValue {
  const progress = deploys.progress(childText(call, 'asyncProcessId') ?? '');
  return progress === undefined ? unknownId() : deployResult(progress, childText(call, 'includeDetails') === 'true');
}

function cancelDeploy(call: XmlElement, { deploys, userId }: SoapContext): XmlValue {
  const id = childText(call, 'String') ?? childText(call, 'id') ?? '';
  const progress = deploys.progress(id);
  if (progress === undefined) return unknownId();
  if (!deploys.cancel(progress.id, userId)) {
    throw SoapFault.ofApi('INVALID_ID_FIELD', 'Deployment already completed');
  }
  return { done: true, id: progress.id };
}

function unknownId(): never {
  throw SoapFault.ofApi('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
}

function readMetadata(call: XmlElement, { store }: SoapContext): XmlValue {
  const type = childText(call, 'type') ?? '';
  const fullNames = childrenNamed(call, 'fullNames').map((name) => name.text);
  if (fullNames.length > 10) {
    throw SoapFault.ofApi(
      'LIMIT_EXCEEDED',
      'record limit reached. cannot submit more than 10 records in this operation',
    );
  }
  const records = fullNames.map((fullName) => {
    const component = findComponent(store, componentTypeOf(type, fullName), fullName);
    if (component === undefined || component.root !== type) return null;
    return { '@xsi:type': type, fullName: component.fullName, ...component.read() };
  });
  return { records };
}

/** @throws SoapFault INVALID_TYPE for a type that the org does not know */
function componentTypeOf(type: string, fullName: string): ComponentType {
  if (type === 'Profile' || type === 'PermissionSet') return type;
  if ([...settingsTypes.values()].some((settings) => settings.name === type)) return 'Settings';
  throw SoapFault.ofApi('INVALID_TYPE', `Unknown type: ${type} for ${fullName}`);
}

function listMetadata(call: XmlElement, { store }: SoapContext): XmlValue {
  const queries = childrenNamed(call, 'queries');
  if (queries.length > 3) {
    throw SoapFault.ofApi('LIMIT_EXCEEDED', 'too many queries: no more than 3 are allowed in one call');
  }
  return queries.flatMap((query) => {
    const name = childText(query, 'type');
    const type = componentTypes.find((candidate) => candidate.type === name)?.type;
    if (type === undefined) throw SoapFault.ofApi('INVALID_TYPE', `Unknown type: ${name ?? ''}`);
    return listComponents(store, type).map((component) => fileProperties(store, component));
  });
}
