import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const outDir = resolve(here, '../../dist/web');

/** Compresses assets once, at build time. The server decompresses them for clients without gzip. */
const compressAssets: Plugin = {
  name: 'compress-assets',
  closeBundle() {
    const folder = join(outDir, 'assets');
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

/** The service worker, with the names and hashes of all files of the wall. They are the version. */
const buildServiceWorker: Plugin = {
  name: 'build-service-worker',
  async writeBundle(_, bundle) {
    const names = new Set<string>();
    const collect = (name: string): void => {
      const chunk = bundle[name];
      if (names.has(name) || chunk?.type !== 'chunk') return;
      names.add(name);
      for (const css of chunk.viteMetadata?.importedCss ?? []) names.add(css);
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) collect(next);
    };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk' && chunk.facadeModuleId === join(here, 'index.html')) collect(chunk.fileName);
    }
    const files = [
      ...['index.html', 'theme.js', 'favicon.svg', 'manifest.webmanifest', 'icon-192.png', ...names].map((name) => [
        `/${name}`,
        name,
      ]),
    ] as const;
    const hashOf = (content: Buffer | string) => createHash('sha256').update(content).digest('base64');
    const hashes = Object.fromEntries(
      files.map(([path = '', name = '']) => [path, `sha256-${hashOf(readFileSync(join(outDir, name)))}`]),
    );
    await build({
      configFile: false,
      root: here,
      logLevel: 'error',
      publicDir: false,
      define: { FILES: JSON.stringify(hashes), VERSION: JSON.stringify(hashOf(JSON.stringify(hashes)).slice(0, 16)) },
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        rolldownOptions: { input: join(here, 'worker/main.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
      },
    });
  },
};

export default defineConfig({
  root: here,
  logLevel: 'error',
  plugins: [buildServiceWorker, compressAssets, shipDocuments],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // GraphiQL is large, and only its own page loads it.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: ['index', 'screen', 'embed', 'graphiql', 'sandbox'].map((page) => resolve(here, `${page}.html`)),
    },
  },
});
