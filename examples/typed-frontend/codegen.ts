import type { CodegenConfig } from '@graphql-codegen/cli';

/** From operations.graphql and the server's schema come typed documents. In a project of your own: `schema: 'http://localhost:4000/schema.graphql'`. */
const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'operations.graphql',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        enumsAsConst: true,
        strictScalars: true,
        scalars: { ChatCursor: 'string', DateTimeISO: 'string', JSONObject: 'Record<string, unknown>' },
        useTypeImports: true,
      },
    },
  },
};

export default config;
