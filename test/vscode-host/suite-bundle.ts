import path from 'node:path';
import { build } from 'esbuild';
import { root } from './scene.ts';

/**
 * Bundles the suite that runs inside VS Code, because an extension host does not take TypeScript.
 * It lies below node_modules, where it finds mocha; answers its path.
 */
export async function bundleSuite(): Promise<string> {
  const outfile = path.join(root, 'node_modules/.cache/orgwatch/vscode-suite.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/vscode-host/suite/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
