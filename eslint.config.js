import tseslint from 'typescript-eslint';

/** Globals that open a connection: only extension/org may. */
const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
  name,
  message: 'Requests to an org go through the door in extension/org, where they are counted.',
}));

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
