import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = { DateTimeISO: 'string', ChatCursor: 'string', JSONObject: 'Record<string, unknown>' };

/** Typed documents: for the page as strings, for the tests as syntax trees. `npm run codegen` writes them. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/web/generated/': {
      documents: 'src/web/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' }, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: { documentMode: 'string', useTypeImports: true, strictScalars: true, enumsAsConst: true, scalars },
    },
    'test/support/generated/': {
      documents: 'test/support/operations*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: { useTypeImports: true, strictScalars: true, enumsAsConst: true, scalars },
    },
  },
};

export default config;
