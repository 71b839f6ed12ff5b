import { createHash } from 'node:crypto';
import { ComponentError, inOrder, parseMetadataFile, type MetadataContent } from './metadata-file.ts';
import type { AppType, ExternalClientApp } from './app-types.ts';
import type { ComplexType, ElementSpec } from './metadata-types.ts';
import { overlay, sameContent, type Plan } from './plan.ts';
import type { Package } from './package-zip.ts';
import type { MetadataStore } from './store.ts';

const elements = (booleans: string, strings: string): Record<string, ElementSpec> =>
  Object.fromEntries(
    [
      ...words(booleans).map((name): [string, ElementSpec] => [name, { type: 'boolean' }]),
      ...words(strings).map((name): [string, ElementSpec] => [name, { type: 'string' }]),
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
const required: ElementSpec = { type: 'string', required: true };

const specs: Readonly<Record<AppType, ComplexType>> = {
  ExternalClientApplication: {
    name: 'ExternalClientApplication',
    elements: {
      ...elements('isProtected', 'contactPhone description iconUrl infoUrl logoUrl orgScopedExternalApp'),
      contactEmail: { type: 'string' },
      distributionState: { type: ['AutoInstalled', 'Local', 'Managed', 'Packaged'] },
      label: { type: 'string' },
    },
  },
  ExtlClntAppGlobalOauthSettings: {
    name: 'ExtlClntAppGlobalOauthSettings',
    elements: {
      ...elements(
        `isClientCredentialsFlowEnabled isCodeCredFlowEnabled isCodeCredPostOnly isConsumerSecretOptional
         isDeviceFlowEnabled isIntrospectAllTokens isNamedUserJwtEnabled isPkceRequired isRefreshTokenRotationEnabled
         isSecretRequiredForRefreshToken isSecretRequiredForTokenExchange isTokenExchangeEnabled
         shouldRotateConsumerKey shouldRotateConsumerSecret`,
        'callbackUrl certificate consumerKey consumerSecret label',
      ),
      externalClientApplication: required,
    },
  },
  ExtlClntAppOauthConfigurablePolicies: {
    name: 'ExtlClntAppOauthConfigurablePolicies',
    elements: {
      ...elements(
        'isClientCredentialsFlowEnabled isTokenExchangeFlowEnabled',
        `clientCredentialsFlowUser commaSeparatedPermissionSet commaSeparatedProfile label refreshTokenPolicyType
         refreshTokenValidityPeriod refreshTokenValidityUnit requiredSessionLevel sessionTimeoutInMinutes startUrl`,
      ),
      externalClientApplication: required,
      ipRelaxationPolicyType: { type: ['Bypass', 'Bypass_2factor', 'Enforce', 'Enforce_RelaxRefresh'] },
      permittedUsersPolicyType: { type: ['AdminApprovedPreAuthorized', 'AllSelfAuthorized'] },
      policyAction: { type: ['Block', 'RaiseSessionLevel'] },
    },
  },
  ExtlClntAppOauthSettings: {
    name: 'ExtlClntAppOauthSettings',
    elements: {
      ...elements('', 'commaSeparatedOauthScopes label oauthLink singleLogoutUrl'),
      externalClientApplication: required,
    },
  },
};

/** @throws ComponentError in Salesforce's words */
export function planAppPart(
  store: MetadataStore,
  type: AppType,
  fullName: string,
  source: string,
  files: Package['files'],
): Plan {
  const content = parseMetadataFile(source, specs[type]);
  const app = type === 'ExternalClientApplication' ? fullName : String(content['externalClientApplication']);
  const isThere =
    findAppPart(store, 'ExternalClientApplication', app) !== undefined ||
    files.some((file) => file.type === 'ExternalClientApplication' && file.fullName === app);
  if (!isThere) {
    throw new ComponentError(`In field: externalClientApplication - no ExternalClientApplication named ${app} found`);
  }
  const key = `${type}:${fullName}`;
  const before = store.appParts.get(key);
  const made = before?.content ?? (type === 'ExtlClntAppGlobalOauthSettings' ? { consumerKey: keyOf(store, app) } : {});
  const after = overlay(made, content, specs[type]);
  const id = before?.id ?? store.nextId('0xI');
  return {
    id,
    created: before === undefined,
    changed: before === undefined || !sameContent(before.content, after),
    changes: [
      {
        action: 'externalClientAppChange',
        section: 'External Client Apps',
        display: `Changed external client app ${app}`,
      },
    ],
    commit() {
      store.appParts.set(key, { id, content: after });
      const complete = readApp(store, app);
      if (complete) store.onApp(complete);
    },
  };
}

/** A part as retrieve and readMetadata give it. */
export function appPartContent(store: MetadataStore, type: AppType, fullName: string): MetadataContent {
  return inOrder(findAppPart(store, type, fullName)?.content ?? {}, specs[type]);
}

export function findAppPart(
  store: MetadataStore,
  type: AppType,
  fullName: string,
): { readonly id: string; readonly content: MetadataContent } | undefined {
  return store.appParts.get(`${type}:${fullName}`);
}

export function appPartNames(store: MetadataStore, type: AppType): string[] {
  return [...store.appParts.keys()].flatMap((key) => (key.startsWith(`${type}:`) ? [key.slice(type.length + 1)] : []));
}

/** What is known of an app so far; undefined while it has no certificate, so that no JWT can be checked. */
function readApp(store: MetadataStore, app: string): ExternalClientApp | undefined {
  const part = (type: AppType): MetadataContent | undefined =>
    [...store.appParts].find(
      ([key, { content }]) => key.startsWith(`${type}:`) && content['externalClientApplication'] === app,
    )?.[1].content;
  const oauth = part('ExtlClntAppGlobalOauthSettings');
  const policies = part('ExtlClntAppOauthConfigurablePolicies');
  if (!oauth?.['certificate']) return undefined;
  const names = String(policies?.['commaSeparatedProfile'] ?? '').split(',');
  return {
    consumerKey: String(oauth['consumerKey']),
    certificate: armoured(String(oauth['certificate'])),
    profiles:
      policies?.['permittedUsersPolicyType'] === 'AdminApprovedPreAuthorized'
        ? names.map((name) => name.trim()).filter((name) => name !== '')
        : undefined,
  };
}

/** The certificate with the lines that make it PEM, which the element may hold or leave out. */
function armoured(certificate: string): string {
  const body = certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  return `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function keyOf({ state }: MetadataStore, app: string): string {
  const text = createHash('sha512').update(`${state.orgId}/${app}`).digest('base64').replaceAll(/[+/=]/g, '_');
  return `3MVG9${text.slice(0, 80)}`;
}
