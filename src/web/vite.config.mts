import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(here, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // GraphiQL is one large library, loaded on its own page only.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: ['index', 'graphiql', 'sandbox'].map((page) => resolve(here, `${page}.html`)),
    },
  },
});
