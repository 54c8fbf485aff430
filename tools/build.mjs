import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'dist', '.stamp');

/** The sources of dist. Missing ones are skipped. */
const INPUTS = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'schema.graphql', 'codegen.ts'];

/** Names, sizes and times of all inputs as one hash: a removed file or a restored older one counts as a change too. A moved folder does not. */
export function inputStamp() {
  const hash = createHash('sha256');
  const files = INPUTS.flatMap((input) => {
    const path = join(root, input);
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true }).map((name) => join(path, name));
  });
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

export function isStale() {
  // The package has dist and no sources.
  if (!existsSync(join(root, 'src'))) return false;
  return !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== inputStamp();
}

/** @throws Error whose output has been shown, if a part does not build; dist stays stale then */
export function build() {
  // Taken first: what is edited while it builds is built again next time.
  const stamp = inputStamp();
  for (const part of ['server', 'web']) execSync(`npm run --silent --if-present build:${part}`, { cwd: root, stdio: 'inherit' });
  removeOrphans();
  writeFileSync(stampFile, stamp);
}

/** tsc leaves what it made of sources that are gone: it would go into the package. vite cleans up for itself. */
function removeOrphans() {
  for (const name of readdirSync(join(root, 'dist'), { recursive: true })) {
    const [, path] = /^(?!web\/)(.*)\.(?:d\.ts|js|js\.map)$/.exec(name) ?? [];
    const source = name.endsWith('.lua') ? name : path && `${path}.ts`;
    if (source && !existsSync(join(root, 'src', source))) rmSync(join(root, 'dist', name));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && (!process.argv.includes('--if-stale') || isStale())) build();
