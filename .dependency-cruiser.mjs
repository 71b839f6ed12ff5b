/** The arrows of the house: shared ← org ← sources ← sync → lake ← insights; ui and cli on top. CONTRIBUTING.md explains. */

/** Which rooms a room may import from, itself aside. */
const arrows = {
  shared: [],
  org: ['shared'],
  sources: ['shared', 'org'],
  prerequisites: ['shared', 'org'],
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

/** What only one place may import. */
const owners = [
  { what: 'vscode', to: '^vscode$', owner: '^extension/(?:ui/|main\\.ts$)' },
  {
    what: 'http',
    to: '^(?:node:)?(?:https?|http2|net|tls|dgram|undici)$|(?:^|/)node_modules/(?:undici|jsforce|@jsforce|@salesforce|axios|got|node-fetch)/',
    owner: '^extension/org/',
  },
  {
    what: 'duckdb',
    to: '(?:^|/)node_modules/@duckdb/',
    owner: '^extension/lake/worker[^/]*\\.ts$|^extension/lake/worker/',
  },
  { what: 'sqlite', to: '^(?:node:)?sqlite$', owner: '^extension/lake/' },
].map(({ what, to, owner }) => ({
  name: `single-owner-${what}`,
  comment: `Only ${owner} may import ${what}.`,
  severity: 'error',
  from: { path: '^extension/', pathNot: owner },
  to: { path: to },
}));

export default {
  forbidden: [
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
        dependencyTypesNot: ['type-only', 'type-import'],
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
        dependencyTypesNot: ['type-only', 'type-import'],
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
