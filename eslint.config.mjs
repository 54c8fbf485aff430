import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noProcess = (property, message) => ({ object: 'process', property, message });

export default defineConfig(
  { ignores: ['dist', 'coverage', '**/generated/', 'test/bench/peers', '**/*.{js,mjs,cjs}'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // Of no tsconfig of their own folder; tsc sees them by test/tsconfig.json.
        projectService: { allowDefaultProject: ['*.ts'], defaultProject: 'tsconfig.json' },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Numbers in messages are plain.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => socket.close()` is the short form of a callback whose result nobody reads.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // type-graphql reads classes that hold nothing but decorators, and `() => Boolean`.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // The enums of GraphQL hold their own names, so a literal of the same text is the same value.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // `[...text]` is how code points are counted.
      '@typescript-eslint/no-misused-spread': 'off',
      // Promise.all takes a value or a promise alike.
      '@typescript-eslint/await-thenable': 'off',
      // A promise says in its type that it waits, also where today's implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Overflows the stack on the recursive types of graphql (typescript-eslint 8.73).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
    },
  },
  {
    // Training: loops over arrays whose bounds are known.
    files: ['tools/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/**'],
    ignores: ['src/main.ts', 'src/cli/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        noProcess('env', 'Settings come from config.ts.'),
        noProcess('exit', 'Only an entry ends the process.'),
      ],
      'no-console': 'error',
    },
  },
);
