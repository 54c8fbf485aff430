import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const folder = resolve(here, '../../../dist/web');

const TYPES = `declare global {
  interface HTMLElementTagNameMap {
    'jungle-wall': HTMLElement;
  }
}
export {};
`;

/** The types of the package's export, and the compressed copy that the server sends. */
const finish: Plugin = {
  name: 'finish-element',
  closeBundle() {
    writeFileSync(join(folder, 'element.d.ts'), TYPES);
    writeFileSync(join(folder, 'element.js.gz'), gzipSync(readFileSync(join(folder, 'element.js')), { level: 9 }));
  },
};

/** `jungle-buzz/element` and /element.js: one module without dependencies. Built after the page, which empties the folder. */
export default defineConfig({
  root: here,
  logLevel: 'error',
  publicDir: false,
  plugins: [finish],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: folder,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: resolve(here, 'jungle-wall.tsx'), formats: ['es'], fileName: () => 'element.js' },
    rolldownOptions: { output: { minify: true } },
  },
});
