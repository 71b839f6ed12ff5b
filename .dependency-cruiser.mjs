/** The arrows of the house: shared ← org ← sources ← sync → lake ← insights; ui and cli on top. CONTRIBUTING.md explains. */

/** Which rooms a room may import from, itself aside. */
const arrows = {
  shared: [],
  org: ['shared'],
  sources: ['shared', 'org'],
  prerequisites: ['shared', 'org', 'sources'],
  lake: ['shared'],
  insights: ['shared', 'lake'],
  sync: ['shared', 'org', 'sources', 'lake'],
  ui: ['shared', 'org', 'sources', 'prerequisites', 'lake', 'insights', 'sync'],
  cli: ['shared', 'org', 'sources', 'prerequisites', 'lake', 'insights', 'sync'],
  webview: ['shared'],
};

const rooms = Object.keys(arrows);

const oneWay = Object.entries(arrows).map(([room, allowed]) => ({
  name: `arrow-${room}`,
  comment: `${room} may import from ${allowed.length === 0 ? 'no other room' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^extension/${room}/` },
  to: { path: `^extension/(?!(?:${[room, ...allowed].join('|')})/)` },
}));

const typesOnly = ['type-only', 'type-import'];

/** What only one place may import; its types may be named elsewhere, vscode's aside. */
const owners = [
  { what: 'vscode', to: { path: '^vscode$' }, owner: '^extension/(?:ui/|main\\.ts$)' },
  {
    what: 'http',
    to: {
      path: '^(?:node:)?(?:https?|http2|net|tls|dgram|undici)$|(?:^|/)node_modules/(?:undici|jsforce|@jsforce|@salesforce|axios|got|node-fetch)/',
      dependencyTypesNot: typesOnly,
    },
    owner: '^extension/org/',
  },
  {
    // Files of these names run in the lake worker; test/house/bundles.test.ts proves that no other bundle holds them.
    what: 'duckdb',
    to: { path: '(?:^|/)node_modules/@duckdb/', dependencyTypesNot: typesOnly },
    owner: '^extension/lake/(?:worker|publish|query)-',
  },
  { what: 'sqlite', to: { path: '^(?:node:)?sqlite$', dependencyTypesNot: typesOnly }, owner: '^extension/lake/' },
].map(({ what, to, owner }) => ({
  name: `single-owner-${what}`,
  comment: `Only ${owner} may import ${what}.`,
  severity: 'error',
  from: { path: '^extension/', pathNot: owner },
  to,
}));

/**
 * Files of a lake are reached through OrgFolder alone (storage-folder.ts). The others here touch what nobody else can have
 * written: the state folder, the worker's scratch in it, the data folder itself, /proc.
 */
const FILES_OF_LAKES = {
  name: 'files-of-lakes-through-org-folder',
  comment: 'Open, list, move and delete files of a lake through OrgFolder.',
  severity: 'error',
  from: {
    path: '^extension/(?:lake|sync|insights|sources|prerequisites)/',
    pathNot:
      '^extension/lake/(?:storage|storage-folder|folders|database|ledger|ledger-vet|check-disk|trust|known-lakes|calls|process-alive|query-export|publish-(?:event-log|records|sift|split|pages)|worker-(?:database|main|memory|scratch|serve))\\.ts$',
  },
  to: { path: '^(?:node:)?fs(?:/promises)?$', dependencyTypesNot: typesOnly },
};

export default {
  forbidden: [
    FILES_OF_LAKES,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(?:vscode|node:sqlite)$' },
    },
    {
      name: 'every-file-in-a-room',
      comment: `A file of the extension lives in one of: ${rooms.join(', ')}.`,
      severity: 'error',
      from: { path: `^extension/(?!main\\.ts$|(?:${rooms.join('|')})/)` },
      to: {},
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^extension/' },
      to: { path: '^(?:test|scripts)/' },
    },
    {
      name: 'no-dev-dependency-in-product',
      comment: 'What the product imports is a dependency (types aside).',
      severity: 'error',
      from: { path: '^extension/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: typesOnly,
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'heavy-only-when-used',
      comment: '@salesforce/core takes most of a second to load: import() it where it is used.',
      severity: 'error',
      from: { path: '^extension/' },
      to: {
        path: '(?:^|/)node_modules/@salesforce/',
        dynamic: false,
        dependencyTypesNot: typesOnly,
      },
    },
    ...oneWay,
    ...owners,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/vscode-host/node_modules|^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    builtInModules: { add: ['vscode', 'node:sqlite', 'sqlite'] },
  },
};
