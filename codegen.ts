import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents as strings, whose fragments only those see who ask for them. */
const typed = {
  preset: 'client',
  presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' }, persistedDocuments: { hashAlgorithm: 'sha256' } },
  config: {
    documentMode: 'string',
    useTypeImports: true,
    strictScalars: true,
    enumsAsConst: true,
    scalars: { DateTimeISO: 'string', ChatCursor: 'string', JSONObject: 'Record<string, unknown>' },
  },
} as const;

/** For the page and for the tests. `npm run codegen` writes them. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/web/generated/': { ...typed, documents: 'src/web/**/*.graphql' },
    'test/support/generated/': { ...typed, documents: 'test/support/operations*.graphql' },
  },
};

export default config;
