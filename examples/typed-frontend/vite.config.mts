import { defineConfig } from 'vite';

// The package is CommonJS and, in this repository, not under node_modules: vite has to be told that it needs bundling.
export default defineConfig({ optimizeDeps: { include: ['jungle-buzz/client'] } });
