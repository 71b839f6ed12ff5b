import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import {
  COMMANDS,
  CONTEXTS,
  DASHBOARD_VIEW,
  EDITOR_CONTEXTS,
  FREE_COMMANDS,
  LIVE_CONTEXTS,
  QUERY_SCHEME,
  RAW_SCHEME,
  REPORT_SCHEME,
  RESULT_VIEW,
  SETTINGS,
  TICK_CONTEXT,
  VIEWS,
} from '../../extension/ui/ids.ts';
import { bundle } from './l10n-strings.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly enablement?: string }[];
    readonly views: { readonly orgwatch: readonly { readonly id: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, object>> };
    readonly 'markdown.previewStyles': readonly string[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

const manifest = JSON.parse(read('package.json')) as Manifest;

describe('package.json', () => {
  it('contributes the commands that the code registers, in one category', () => {
    const { commands } = manifest.contributes;
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
    assert.deepEqual([...new Set(commands.map(({ category }) => category))], ['Orgwatch']);
  });

  it('enables in a folder that is not trusted only what opens nothing of it', () => {
    const { commands } = manifest.contributes;
    const trusted = commands.filter(({ enablement }) => enablement?.includes('isWorkspaceTrusted'));
    const free = Object.values(COMMANDS).filter((command) => !trusted.some((each) => each.command === command));
    assert.deepEqual(free.sort(), [...FREE_COMMANDS].sort());
  });

  it('contributes the settings that the code reads', () => {
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), Object.values(SETTINGS).sort());
    // No setting of a folder takes effect before the folder is trusted.
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), Object.keys(properties).sort());
  });

  it('contributes the views that the code fills', () => {
    assert.deepEqual(manifest.contributes.views.orgwatch.map(({ id }) => id).sort(), Object.values(VIEWS).sort());
  });

  it('starts for our documents and panels, which VS Code opens again after a reload', () => {
    for (const scheme of [REPORT_SCHEME, QUERY_SCHEME, RAW_SCHEME])
      assert.ok(manifest.activationEvents.includes(`onFileSystem:${scheme}`), scheme);
    for (const view of [RESULT_VIEW, DASHBOARD_VIEW])
      assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${view}`), view);
  });

  it('asks for context keys that the code sets', () => {
    const clauses = [...read('package.json').matchAll(/"(?:when|enablement)": "([^"]+)"/g)].map(([, clause]) => clause);
    const asked = clauses.flatMap((clause) => (clause ?? '').match(/(?<!config\.)\borgwatch\.\w+/g) ?? []);
    assert.notEqual(asked.length, 0);
    const known = new Set<string>(
      [CONTEXTS, EDITOR_CONTEXTS, LIVE_CONTEXTS, VIEWS, { RESULT_VIEW }].flatMap((ids) => Object.values(ids)),
    );
    assert.deepEqual(
      asked.filter((id) => !known.has(id)),
      [],
    );
  });

  it('takes its words from package.nls.json, which holds no other', () => {
    const used = [...read('package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) assert.match(text, /\S/, key);
  });

  it('links in its texts to commands of its own or of VS Code', () => {
    const links = [...read('package.nls.json').matchAll(/\]\(command:([\w.]+)/g)].map(([, id]) => id ?? '');
    assert.notEqual(links.length, 0);
    const own = new Set<string>(Object.values(COMMANDS));
    const isKnown = (id: string): boolean => own.has(id) || /^(?:workbench|vscode)\./.test(id);
    assert.deepEqual(
      links.filter((id) => !isKnown(id)),
      [],
    );
  });

  const pictures = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));

  it('asks for every context key that welcome texts and the walkthrough hang on', () => {
    for (const key of [...Object.values(CONTEXTS), TICK_CONTEXT]) assert.ok(read('package.json').includes(key), key);
  });

  it('has a walkthrough whose pictures take their colours from the theme, without styles, which VS Code refuses', () => {
    for (const file of pictures) {
      const svg = read(file);
      assert.doesNotMatch(svg, /<style|\sstyle=|\sclass=/, file);
      assert.match(svg, /="var\(--vscode-/, file);
    }
  });

  it('names files that are there', () => {
    for (const file of [manifest.icon, ...manifest.contributes['markdown.previewStyles'], ...pictures]) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
  });
});

describe('l10n/bundle.l10n.json', () => {
  it('holds the strings of the UI: node test/ui/l10n-strings.ts > l10n/bundle.l10n.json', () => {
    assert.equal(read('l10n/bundle.l10n.json'), bundle());
  });
});

describe('Japanese', () => {
  for (const [english, japanese] of [
    ['package.nls.json', 'package.nls.ja.json'],
    ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.ja.json'],
  ] as const)
    it(`is complete in ${japanese}, and says nothing else`, () => {
      const wanted = JSON.parse(read(english)) as Record<string, string>;
      const given = JSON.parse(read(japanese)) as Record<string, string>;
      assert.deepEqual(Object.keys(given).sort(), Object.keys(wanted).sort());
      const placeholders = (text: string): string[] =>
        [...new Set(text.match(/\{\d+\}|`#[^#]+#`|\]\(command:[^)]+\)/g))].sort();
      for (const [key, text] of Object.entries(wanted)) {
        assert.match(given[key] ?? '', /\S/, key);
        assert.deepEqual(placeholders(given[key] ?? ''), placeholders(text), key);
      }
    });
});
