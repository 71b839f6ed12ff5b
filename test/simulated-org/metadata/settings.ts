import {
  ComponentError,
  inOrder,
  parseMetadataFile,
  type MetadataContent,
  type MetadataValue,
} from './metadata-file.ts';
import { settingsTypes, type ComplexType } from './metadata-types.ts';
import { sameContent, type Plan } from './plan.ts';
import type { MetadataStore } from './store.ts';

const sections: Readonly<Record<string, string>> = {
  Content: 'Content Deliveries and Public Links',
  Event: 'Event Monitoring Settings',
  Security: 'Session Settings',
};

/** Elements whose deployed list replaces what is there, where everything else overlays (Metadata API guide, SecuritySettings). */
const replacedWhole: ReadonlySet<string> = new Set(['networkAccess']);

/**
 * What deploying `settings/<member>.settings` would do: only the elements that the file lists change, in nested
 * objects too; `networkAccess` alone replaces.
 *
 * @throws ComponentError in Salesforce's words
 */
export function planSettings(store: MetadataStore, member: string, source: string): Plan {
  const type = settingsTypes.get(member);
  if (type === undefined) throw new ComponentError(`Entity of type 'Settings' named '${member}' cannot be found`);
  const content = parseMetadataFile(source, type);
  const before = currentSettings(store, member);
  const after = overlaySettings(before, content);
  const changes = changedElements(before, after).map(({ name, from, to }) => {
    const action = `${name}${to === 'true' ? 'OffOn' : to === 'false' ? 'OnOff' : ''}`;
    const values = to === 'true' || to === 'false' ? '' : ` from ${from ?? 'null'} to ${to ?? 'null'}`;
    return {
      action,
      section: sections[member] ?? member,
      display: `Organization setup action: ${action} has changed${values}.`,
    };
  });
  return {
    id: undefined,
    created: false,
    changed: !sameContent(before, after),
    changes,
    commit() {
      store.state.settings.set(type.name, { ...after });
      const deployed = store.deployedSettings.get(type.name) ?? {};
      store.deployedSettings.set(type.name, overlaySettings(deployed, content));
    },
  };
}

function overlaySettings(before: MetadataContent, content: MetadataContent): MetadataContent {
  const after: Record<string, MetadataValue> = { ...before };
  for (const [name, value] of Object.entries(content)) {
    const nested = before[name];
    after[name] =
      isContent(value) && isContent(nested) && !replacedWhole.has(name) ? overlaySettings(nested, value) : value;
  }
  return after;
}

function isContent(value: MetadataValue | undefined): value is MetadataContent {
  return typeof value === 'object' && !Array.isArray(value);
}

interface ElementChange {
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

function changedElements(before: MetadataContent, after: MetadataContent): ElementChange[] {
  return Object.keys(after).flatMap((name): ElementChange[] => {
    const from = before[name];
    const to = after[name] as MetadataValue;
    if (isContent(to) && !replacedWhole.has(name)) return changedElements(isContent(from) ? from : {}, to);
    if (from !== undefined && sameContent(from, to)) return [];
    return [{ name, from: describe(from), to: describe(to) }];
  });
}

function describe(value: MetadataValue | undefined): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

/** All settings of a type as they are now. */
function currentSettings(store: MetadataStore, member: string): MetadataContent {
  const type = settingsTypes.get(member) as ComplexType;
  return { ...((store.state.settings.get(type.name) ?? {}) as MetadataContent) };
}

/** All settings of a type in WSDL order, as readMetadata gives them. */
export function settingsContent(store: MetadataStore, member: string): MetadataContent {
  return inOrder(currentSettings(store, member), settingsTypes.get(member) as ComplexType);
}

/**
 * The settings of a type as retrieve puts them in its zip. Where settings of the type were deployed to this org, only
 * those are given, so that a project gets back the file that it deployed; Salesforce gives every element of the type.
 */
export function retrievedSettings(store: MetadataStore, member: string): MetadataContent {
  const all = settingsContent(store, member);
  const deployed = store.deployedSettings.get((settingsTypes.get(member) as ComplexType).name);
  return deployed === undefined ? all : onlyIn(all, deployed);
}

function onlyIn(content: MetadataContent, shape: MetadataContent): MetadataContent {
  return Object.fromEntries(
    Object.entries(content)
      .filter(([name]) => name in shape)
      .map(([name, value]): [string, MetadataValue] => {
        const nested = shape[name];
        return [name, isContent(value) && isContent(nested) ? onlyIn(value, nested) : value];
      }),
  );
}
