import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;

/** Compresses assets once, at build time. The server decompresses them for clients without gzip. */
const compressAssets: Plugin = {
  name: 'compress-assets',
  closeBundle() {
    const folder = join(here, '../../dist/web/assets');
    for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
      writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      unlinkSync(join(folder, name));
    }
  },
};

/** The page's operations, for servers that execute persisted documents only. */
const shipDocuments: Plugin = {
  name: 'ship-documents',
  generateBundle() {
    const source = readFileSync(join(here, 'generated/persisted-documents.json'));
    this.emitFile({ type: 'asset', fileName: 'persisted-documents.json', source });
  },
};

export default defineConfig({
  root: here,
  logLevel: 'error',
  plugins: [compressAssets, shipDocuments],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(here, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // GraphiQL is large, and only its own page loads it.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: ['index', 'screen', 'embed', 'graphiql', 'sandbox'].map((page) => resolve(here, `${page}.html`)),
    },
  },
});
