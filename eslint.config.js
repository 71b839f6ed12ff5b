import tseslint from 'typescript-eslint';

/** Globals that open a connection: only extension/org may. */
const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
  name,
  message: 'Requests to an org go through the door in extension/org, where they are counted.',
}));

/** Ways to make markup from text: textContent and append() are the ones to use. */
const markup = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'write',
  'writeln',
  'createContextualFragment',
  'setHTMLUnsafe',
].map((property) => ({ property, message: 'Markup is not made from text: use textContent, append() or elements.ts.' }));

export default tseslint.config(
  { ignores: ['dist/', '**/node_modules/', '.orgwatch/', '.demo/', '.vscode-test/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 500],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      // `typeof import()` is how a module that is loaded later gets its type.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['extension/**/*.ts'],
    ignores: ['extension/org/**'],
    rules: { 'no-restricted-globals': ['error', ...network] },
  },
  {
    // Text that came from an org is text on a page, never markup.
    files: ['extension/webview/**/*.ts'],
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-restricted-properties': ['error', ...markup],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='setAttribute'] > Literal:first-child[value=/^(on|srcdoc$|src$|href$)/i]",
          message: 'Use addEventListener; a page of ours loads and links nothing.',
        },
      ],
    },
  },
  {
    // A test may ask the simulated org anything, and a script speaks to a terminal.
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The simulated org's rows hold unknown values, of which only text is turned into text.
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
);
