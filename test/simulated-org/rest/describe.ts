import { json, type Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../objects/catalog.ts';
import { findObject, objects, visibleFields } from '../objects/registry.ts';
import type { Org } from '../org.ts';
import { notFound } from '../salesforce-error.ts';

/** `GET /sobjects`: the objects that this user of this org may know of. */
export function describeGlobal(_org: Org, { viewer }: SessionRequest): Reply {
  const known = objects.filter((object) => object.api === 'data' && object.visible(viewer));
  return json({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: known
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((object) => globalPart(object, viewer.apiVersion)),
  });
}

/** `GET /sobjects/X/describe`. */
export function describeObject(
  _org: Org,
  { viewer }: SessionRequest,
  groups: readonly string[],
  api: 'data' | 'tooling',
): Reply {
  const object = findObject(groups[1] ?? '', api, viewer);
  if (object === undefined) throw notFound();
  return json({
    ...globalPart(object, viewer.apiVersion),
    actionOverrides: [],
    childRelationships: [],
    compactLayoutable: false,
    fields: visibleFields(object, viewer).map(describeField),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [],
    searchLayoutable: false,
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
  });
}

function globalPart(object: ObjectDefinition, version: number): object {
  const place = object.api === 'tooling' ? 'tooling/sobjects' : 'sobjects';
  const root = `/services/data/v${version}.0/${place}/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: false,
    mergeable: false,
    mruEnabled: false,
    name: object.name,
    queryable: true,
    replicateable: object.keyPrefix !== null,
    retrieveable: object.keyPrefix !== null,
    searchable: false,
    triggerable: false,
    undeletable: false,
    updateable: object.updateable,
    urls: { rowTemplate: `${root}/{ID}`, describe: `${root}/describe`, sobject: root },
  };
}

const soapTypes: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  base64: 'xsd:base64Binary',
};

function describeField(field: FieldDefinition): object {
  const isNumber = field.type === 'int' || field.type === 'double';
  return {
    aggregatable: field.groupable || isNumber || field.type === 'datetime',
    aiPredictionField: false,
    autoNumber: false,
    byteLength: field.length * 3,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: null,
    controllerName: null,
    createable: field.createable,
    custom: false,
    defaultValue: field.type === 'boolean' ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: !field.nillable && !field.createable,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? 9 : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: false,
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === 'id',
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.name === 'Name',
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: false,
    picklistValues: field.picklist.map((value) => ({
      active: true,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.type === 'double' ? 18 : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.type === 'reference' ? field.relationshipName : null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.type === 'picklist',
    scale: field.type === 'double' ? 1 : 0,
    searchPrefilterable: field.type === 'reference',
    soapType: soapTypes[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: false,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}
