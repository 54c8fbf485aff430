import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tempDir } from '../support/temp-dir';

const ROOT = join(__dirname, '..', '..');
const PARTS = ['src', 'tools', 'package.json', 'package-lock.json', 'tsconfig.json', 'schema.graphql', 'codegen.ts'];

test('a build runs its commands without a rebuild after its folder was moved', () => {
  const before = join(tempDir(), 'before');
  for (const part of PARTS) cpSync(join(ROOT, part), join(before, part), { recursive: true, preserveTimestamps: true });
  cpSync(join(ROOT, 'dist'), join(before, 'dist'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(before, 'node_modules'));
  const node = (folder: string, ...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  const { href } = pathToFileURL(join(before, 'tools/build.mjs'));
  // The copy is as new as its sources: stamps it without building.
  const stamp = `import { writeFileSync } from 'node:fs'; import { inputStamp } from ${JSON.stringify(href)};
    writeFileSync('dist/.stamp', inputStamp());`;
  node(before, '--input-type=module', '-e', stamp);
  const after = join(tempDir(), 'moved');
  mkdirSync(join(after, '..'), { recursive: true });
  renameSync(before, after);
  const isStale = `import { isStale } from ${JSON.stringify(pathToFileURL(join(after, 'tools/build.mjs')).href)}; console.log(isStale());`;
  expect(node(after, '--input-type=module', '-e', isStale).trim()).toBe('false');
  expect(node(after, 'tools/start.mjs', 'schema')).toContain('type Query');
});
