import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createProgram,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  resolveModuleName,
  sys,
} from 'typescript';
import { tempDir } from '../support/temp-dir';
import { install, pack, type Packed } from './installed-package';

const MIB = 2 ** 20;
/** Line 11 has a variable that the document does not take, and line 13 a field that a message does not have. */
const TYPED_USE = `import { connectLive, type LiveDocument } from 'jungle-buzz/client';
interface Chat { readonly cursor: string; readonly text: string }
type Document<V> = LiveDocument<{ newChat: Chat }, V>;
declare const watchRoom: Document<{ room: string; after?: string | null }>;
declare const other: Document<{ id: string }>;
const live = connectLive({ url: 'ws://localhost:4001/graphql' });
const load = () => Promise.resolve({ items: [] as Chat[], cursor: '' });
const onLoaded = () => undefined;
live.watchRoom({ room: 'main', query: watchRoom, load, onLoaded, onChats: (chats) => chats[0]?.text.trim() });
live.watchRoom<Chat>({ room: 'main', query: 'subscription { newChat { cursor text } }', load, onLoaded, onChats: onLoaded });
live.watchRoom({ room: 'main', query: other, load, onLoaded, onChats: onLoaded });
live.watchRoom({ room: 'main', query: watchRoom, load, onLoaded, onChats: (chats) => {
  chats[0]?.nonsense;
} });
`;

let packed: Packed, folder: string;
beforeAll(() => {
  const packs = tempDir();
  packed = pack(packs);
  folder = install(join(packs, packed.filename));
});

test('the package contains the program, the page, the schema and the settings, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  for (const path of ['dist/cli/main.js', 'dist/client/index.d.ts', 'dist/web/index.html', 'schema.graphql', '.env.example']) {
    expect(paths).toContain(path);
  }
  const program = /^dist\/(?!web\/).*\.(js|d\.ts)$/;
  const others =
    /^(dist\/web\/.+|dist\/.+\.(lua|json)|models\/.+|tools\/(build|start)\.mjs|schema\.graphql|\.env\.example|package\.json|README[^/]*\.md|LICENSE)$/;
  expect(paths.filter((path) => !program.test(path) && !others.test(path))).toEqual([]);
  const source = (path: string) => join(__dirname, '../..', path.replace(/^dist/, 'src').replace(/\.(d\.ts|js)$/, '.ts'));
  expect(paths.filter((path) => program.test(path) && !existsSync(source(path)))).toEqual([]);
});

test('the package takes at most 3.25 MiB unpacked, and 8 MiB with the models', () => {
  const model = packed.files.filter(({ path }) => path.startsWith('models/')).reduce((sum, { size }) => sum + size, 0);
  expect(packed.unpackedSize - model).toBeLessThanOrEqual(3.25 * MIB);
  expect(packed.unpackedSize).toBeLessThanOrEqual(8 * MIB);
});

test('the installed package starts in an empty folder, serves the page and the API, and stops', async () => {
  const child = spawn(process.execPath, ['node_modules/jungle-buzz/dist/cli/main.js', 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', WS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const http = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const { http: url } = JSON.parse(line) as { http?: string };
      if (url) resolve(url);
    });
    void exited.then(([code]) => {
      reject(new Error(`it ended with ${code}`));
    });
  });
  const page = await fetch(new URL('/', http));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  const answer = await fetch(http, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ rooms { id } }' }),
  });
  expect(await answer.json()).toEqual({ data: { rooms: [{ id: 'main' }] } });
  expect(existsSync(join(folder, 'data'))).toBe(true);
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

test('npm run and npm start run the commands of the unpacked package', () => {
  const cwd = join(folder, 'node_modules', 'jungle-buzz');
  const env = { PATH: process.env['PATH'], HOME: folder, PORT: '0', WS_PORT: '0', DATA_DIR: join(folder, 'doctor-data') };
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd, env, encoding: 'utf8' });
  expect(npm('run', '--silent', 'doctor')).toContain('Ready to start.');
  expect(npm('start', '--silent', '--', 'schema')).toContain('type Query');
});

test('insight reads the folder of a stopped server', () => {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['node_modules/jungle-buzz/dist/cli/main.js', 'insight', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  expect(run('--dry-run')).toContain('--- data ---');
  expect(run()).toMatch(/요\.\s*$/);
});

test('the exports of the package resolve with types, and no other file does', () => {
  const inFolder = (code: string) => execFileSync(process.execPath, ['-p', code], { cwd: folder, encoding: 'utf8' }).trim();
  expect(inFolder(`typeof require('jungle-buzz/client').connectLive`)).toBe('function');
  expect(inFolder(`require.resolve('jungle-buzz/schema.graphql')`)).toMatch(/schema\.graphql$/);
  expect(inFolder(`try { require.resolve('jungle-buzz/dist/config.js') } catch ({ code }) { code }`)).toBe(
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
  );
  for (const [name, file] of [
    ['jungle-buzz', 'dist/app/start.d.ts'],
    ['jungle-buzz/client', 'dist/client/index.d.ts'],
  ] as const) {
    const options = { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext };
    const { resolvedModule } = resolveModuleName(name, join(folder, 'index.ts'), options, sys);
    expect(resolvedModule?.resolvedFileName).toMatch(new RegExp(`${file.replaceAll('.', '\\.')}$`));
  }
});

test('the client can be imported and required', () => {
  for (const [name, code] of [
    ['import.mjs', `import { connectLive } from 'jungle-buzz/client'; console.log(typeof connectLive);`],
    ['require.cjs', `const { connectLive } = require('jungle-buzz/client'); console.log(typeof connectLive);`],
  ] as const) {
    writeFileSync(join(folder, name), code);
    expect(execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' }).trim()).toBe('function');
  }
});

test.each([
  ['node16', ['page.mts', 'page.cts'], ModuleKind.Node16, ModuleResolutionKind.Node16],
  ['bundler', ['page.ts'], ModuleKind.ESNext, ModuleResolutionKind.Bundler],
] as const)('the types are correct with %s resolution, in %s', (_, names, module, moduleResolution) => {
  const files = names.map((name) => join(folder, name));
  for (const file of files) writeFileSync(file, TYPED_USE);
  const options = { module, moduleResolution, lib: ['lib.es2022.d.ts'], strict: true, noEmit: true, types: [] };
  const problems = getPreEmitDiagnostics(createProgram(files, options)).map(({ start = 0, messageText }) => {
    const line = TYPED_USE.slice(0, start).split('\n').length;
    return `${line}: ${flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(problems).toEqual(
    files.flatMap(() => [
      expect.stringMatching(/^11: .*not assignable to type 'LiveDocument</) as unknown,
      expect.stringMatching(/^13: Property 'nonsense' does not exist on type 'Chat'/) as unknown,
    ]),
  );
});
