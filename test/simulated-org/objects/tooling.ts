import { makeId } from '../ids.ts';
import { permissionCatalog, requirementsOf } from '../metadata/permissions.ts';
import type { Row } from '../model.ts';
import { defineObject, field, idField } from './catalog.ts';
import { holds, type Viewer } from './viewer.ts';

/** Which permission demands which (Tooling API reference, PermissionDependency); names only, no Ids to retrieve by. */
const permissionDependency = defineObject({
  name: 'PermissionDependency',
  labelPlural: 'Permission Dependencies',
  api: 'tooling',
  visible: (viewer) => holds(viewer, 'ViewSetup'),
  fields: [
    idField(),
    field('Permission', 'string', 'F'),
    field('PermissionType', 'string', 'F'),
    field('RequiredPermission', 'string', 'F'),
    field('RequiredPermissionType', 'string', 'F'),
  ],
  rows: dependencyRows,
});

/** `sf` asks for it at login; an org without sandboxes has no rows. */
const sandboxProcess = defineObject({
  name: 'SandboxProcess',
  labelPlural: 'Sandbox Processes',
  api: 'tooling',
  keyPrefix: '0GR',
  fields: [
    idField(),
    field('Status', 'picklist', 'FGNS'),
    field('SandboxName', 'string', 'FGS'),
    field('SandboxInfoId', 'reference', 'FGS', { to: 'SandboxInfo' }),
    field('LicenseType', 'picklist', 'FGNS'),
    field('CreatedDate', 'datetime', 'FS'),
    field('CopyProgress', 'int', 'FGNS'),
    field('SandboxOrganization', 'string', 'FGNS'),
    field('SourceId', 'reference', 'FGNS', { to: 'SandboxInfo' }),
    field('Description', 'string', 'FGNS'),
    field('EndDate', 'datetime', 'FNS'),
    field('Features', 'string', 'N'),
  ],
  rows: () => [],
});

export const toolingObjects = [permissionDependency, sandboxProcess];

function dependencyRows(viewer: Viewer): Row[] {
  const { knownPermissions, scenario } = viewer.org.state;
  const pairs = permissionCatalog
    .filter(({ apiName }) => knownPermissions.has(apiName))
    .flatMap(({ apiName }) =>
      requirementsOf(apiName, scenario.extraRequirements).map((required) => [apiName, required] as const),
    );
  return pairs.map(([permission, required], index) => ({
    Id: makeId('0fd', index + 1),
    Permission: permission,
    PermissionType: 'User Permission',
    RequiredPermission: required,
    RequiredPermissionType: 'User Permission',
  }));
}
