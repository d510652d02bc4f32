import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const clockMessage = 'Take the time from clock.now(), so that a test can stand on any day.'

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'data/',
      'node_modules/',
      'screens/',
      'bench/results/',
      '**/*.cjs',
      'eslint.config.js',
      'scripts/bootstrap.mjs',
      'client/vite.config.ts',
      // AssemblyScript: its own compiler checks it.
      'server/imaging/pipeline/kernels/simd/assembly/',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['shared', 'migrations', 'sfu', 'server', 'client', 'scripts', 'test', 'bench'].map(
          (part) => `./${part}/tsconfig.json`,
        ),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Handlers share one signature; those without an await still answer with a promise.
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['server/**/*.ts', 'sfu/**/*.ts'],
    ignores: ['**/*.test.ts', 'server/platform/clock.ts', 'server/config.ts', 'sfu/config.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: clockMessage,
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'The environment is read in config.ts only.',
        },
        {
          selector: 'CallExpression[callee.property.name=/^create(Plain|Pipe)Transport$/]',
          message: 'Plain and pipe transports must not be reachable by clients.',
        },
      ],
    },
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      // Event handlers may be async; React ignores what they return, and errors reach the query layer.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "JSXOpeningElement[name.name=/^(Button|ActionIcon)$/] > JSXAttribute[name.name='loading']",
          message: 'SavingButton keeps the focus; what loads by itself is disabled, and loses it.',
        },
      ],
    },
  },
  { files: ['client/ui/SavingButton.tsx'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: [
      'scripts/**/*.ts',
      'bench/**/*.ts',
      'server/main.ts',
      'sfu/main.ts',
      'server/verify-audit.ts',
      'test/support/reporter.ts',
      'client/platform/journal.ts',
    ],
    rules: { 'no-console': 'off' },
  },
)
