import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { code, document, escape, escapeAroundCode, name, table } from '../../../extension/ui/markdown.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';

/** As the preview makes a page of it. */
async function rendered(markdown: string): Promise<string> {
  return vscode.commands.executeCommand<string>('markdown.api.render', markdown);
}

describe('a report, as the Markdown of VS Code renders it', () => {
  it('shows what an org says as text: no link, picture, heading, list, formula or HTML comes of it', async () => {
    for (const text of HOSTILE_TEXTS) {
      const html = await rendered(
        document([
          `# ${escape(text)}`,
          escape(text),
          `- ${code(text)}: ${escape(text)}`,
          table(['a', 'b', 'c'], [[name(escape(text)), escapeAroundCode(text), code(text)]]),
        ]),
      );
      assert.doesNotMatch(html, /<(?:a|img|input|ol|pre|hr|script|style|svg|math|h2)\b|katex/i, text);
      assert.equal(html.match(/<h1\b/g)?.length, 1, text);
      assert.equal(html.match(/<td\b/g)?.length, 3, text);
      assert.equal(html.match(/<ul\b/g)?.length, 1, text);
    }
  });
});
