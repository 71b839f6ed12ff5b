import type { Component } from '../org/deploy-package.ts';
import { CONNECTOR_PROFILE, CONNECTOR_SET } from './connector.ts';
import { LEAST_PRIVILEGE } from './least-privilege.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const DESCRIPTION =
  'For the service account that reads this org&apos;s security events: sign-ins, Setup changes, event log files and file sharing. Not for people.';

/** Files as force-app has them, with the permissions that fit this org; written as the real `sf` writes them. */

export function connectorProfileFile(permissions: Iterable<string>, more: readonly string[] = []): Component {
  const lines = [
    '<custom>true</custom>',
    `<description>${DESCRIPTION}</description>`,
    ...more,
    '<userLicense>Salesforce</userLicense>',
    ...userPermissions(permissions),
  ];
  return { type: 'Profile', fullName: CONNECTOR_PROFILE, xml: file('Profile', lines) };
}

export function connectorSetFile(permissions: Iterable<string>): Component {
  return permissionSet(CONNECTOR_SET, CONNECTOR_PROFILE, DESCRIPTION, permissions);
}

export function leastPrivilegeFile(permissions: Iterable<string> = LEAST_PRIVILEGE.permissions): Component {
  const { apiName, label, description } = LEAST_PRIVILEGE;
  return permissionSet(apiName, label, description, permissions);
}

export function contentSettingsFile(): Component {
  const lines = ['<enableContentDistribution>true</enableContentDistribution>'];
  return { type: 'Settings', fullName: 'Content', xml: file('ContentSettings', lines) };
}

export function securitySettingsFile(): Component {
  const lines = ['<sessionSettings>', '    <lockSessionsToIp>false</lockSessionsToIp>', '</sessionSettings>'];
  return { type: 'Settings', fullName: 'Security', xml: file('SecuritySettings', lines) };
}

export function eventSettingsFile(): Component {
  const lines = ['<enableEventLogGeneration>true</enableEventLogGeneration>'];
  return { type: 'Settings', fullName: 'Event', xml: file('EventSettings', lines) };
}

function permissionSet(fullName: string, label: string, description: string, permissions: Iterable<string>): Component {
  const lines = [
    `<description>${description}</description>`,
    '<hasActivationRequired>false</hasActivationRequired>',
    `<label>${label}</label>`,
    ...userPermissions(permissions),
  ];
  return { type: 'PermissionSet', fullName, xml: file('PermissionSet', lines) };
}

function userPermissions(names: Iterable<string>): string[] {
  return [...names]
    .sort()
    .flatMap((name) => [
      '<userPermissions>',
      '    <enabled>true</enabled>',
      `    <name>${name}</name>`,
      '</userPermissions>',
    ]);
}

function file(type: string, lines: readonly string[]): string {
  return `${[HEAD, `<${type} xmlns="${NAMESPACE}">`, ...lines.map((line) => `    ${line}`), `</${type}>`].join('\n')}\n`;
}
