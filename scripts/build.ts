import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle, context, type BuildOptions, type Plugin } from 'esbuild';

/**
 * Bundles the product into dist/:
 *   extension.js   what VS Code loads; small, because it is read at every start
 *   cli.js         the `orgwatch` command
 *   lake-worker.js the process that DuckDB lives in; the native bindings, one package a platform, stay outside
 *   salesforce.cjs @salesforce/core, loaded at the first request to an org
 *   webview/       scripts and styles of the dashboard and the result grid
 *   *-HASH.js      what import() loads later, and what the three share
 * and what went into them into node_modules/.cache/orgwatch/{bundles,salesforce}.json. `--watch` rebuilds on change.
 */
const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const cache = path.join(root, 'node_modules/.cache/orgwatch');

/** Modules written for CommonJS call require() inside an ES module bundle. */
const requireBanner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/** `import('@salesforce/core')` in the sources becomes a load of dist/salesforce.cjs at run time. */
const salesforceApart: Plugin = {
  name: 'salesforce-apart',
  setup(build) {
    build.onResolve({ filter: /^@salesforce\/core$/ }, ({ kind }) => {
      if (kind === 'dynamic-import') return { path: './salesforce.cjs', external: true };
      return { errors: [{ text: '@salesforce/core is heavy: load it with import() where it is used' }] };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  minify: true,
  keepNames: true,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
} satisfies BuildOptions;

const product = {
  ...common,
  format: 'esm',
  entryPoints: {
    extension: 'extension/main.ts',
    cli: 'extension/cli/main.ts',
    'lake-worker': 'extension/lake/worker-main.ts',
  },
  outdir: dist,
  splitting: true,
  // Beside the entries, so that import.meta.dirname and './salesforce.cjs' mean the same everywhere.
  chunkNames: '[name]-[hash]',
  external: ['vscode', '@duckdb/node-bindings-*'],
  plugins: [salesforceApart],
  banner: { js: requireBanner },
} satisfies BuildOptions;

/** What runs in webviews: a browser's code, without import(), each page a script and a style of its own. */
const webviews = {
  ...common,
  platform: 'browser',
  target: 'chrome136',
  format: 'iife',
  entryPoints: ['result', 'dashboard'].flatMap((name) => [
    { in: `extension/webview/${name}.ts`, out: name },
    { in: `extension/webview/${name}.css`, out: name },
  ]),
  outdir: path.join(dist, 'webview'),
} satisfies BuildOptions;

/**
 * The footer tells Node which names the CommonJS bundle exports, so that `import()` offers them by name;
 * Node reads them from the text, and nothing in the bundle's own code spells them out.
 */
async function salesforceBundle(): Promise<BuildOptions> {
  const names = Object.keys(await import('@salesforce/core')).filter(
    (name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default',
  );
  return {
    ...common,
    format: 'cjs',
    stdin: { contents: `module.exports = require('@salesforce/core');`, resolveDir: root },
    outfile: path.join(dist, 'salesforce.cjs'),
    // No log file of its own: that also keeps pino's worker threads out of the bundle.
    define: { 'process.env.SF_DISABLE_LOG_FILE': '"true"' },
    logOverride: { 'require-resolve-not-external': 'silent' },
    footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
  };
}

if (process.argv.includes('--watch')) {
  await bundle(await salesforceBundle());
  await (await context({ ...webviews, logLevel: 'info' })).watch();
  await (await context({ ...product, logLevel: 'info' })).watch();
} else {
  await rm(dist, { recursive: true, force: true });
  const [bundles, salesforce] = await Promise.all([bundle(product), salesforceBundle().then(bundle), bundle(webviews)]);
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, 'bundles.json'), JSON.stringify(bundles.metafile));
  await writeFile(path.join(cache, 'salesforce.json'), JSON.stringify(salesforce.metafile));
  await chmod(path.join(dist, 'cli.js'), 0o755);
}
