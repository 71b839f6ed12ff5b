import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const folder = path.join(import.meta.dirname, '../../extension');

/**
 * Every string that the UI gives to `vscode.l10n.t`, and the engine to `t` of @vscode/l10n, sorted.
 * `node test/ui/l10n-strings.ts > l10n/bundle.l10n.json` writes the bundle that translations start from.
 * @throws Error where the argument is not a plain string, which no translation could be found for
 */
export function l10nStrings(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const translates = /^import \{[^}]*\bt\b[^}]*\} from '@vscode\/l10n';$/m.test(source.text)
      ? ['vscode.l10n.t', 't']
      : ['vscode.l10n.t'];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && translates.includes(node.expression.getText(source))) {
        const argument = node.arguments[0];
        if (argument === undefined || !ts.isStringLiteralLike(argument)) {
          throw new Error(`${file}: ${node.getText(source)} has no plain string`);
        }
        found.add(argument.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found].sort();
}

export function bundle(): string {
  return `${JSON.stringify(Object.fromEntries(l10nStrings().map((text) => [text, text])), null, 2)}\n`;
}

if (import.meta.main) process.stdout.write(bundle());
