import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { COMMANDS, SETTINGS } from '../../extension/ui/ids.ts';
import { bundle } from './l10n-strings.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, object>> };
    readonly 'markdown.previewStyles': readonly string[];
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

  it('contributes the settings that the code reads', () => {
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), Object.values(SETTINGS).sort());
    for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) assert.ok(properties[id], id);
  });

  it('takes its words from package.nls.json, which holds no other', () => {
    const used = [...read('package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) assert.match(text, /\S/, key);
  });

  it('names files that are there', () => {
    for (const file of [manifest.icon, ...manifest.contributes['markdown.previewStyles']]) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
  });
});

describe('l10n/bundle.l10n.json', () => {
  it('holds the strings of the UI: node test/ui/l10n-strings.ts > l10n/bundle.l10n.json', () => {
    assert.equal(read('l10n/bundle.l10n.json'), bundle());
  });
});
