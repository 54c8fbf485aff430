import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tempDir } from './support/temp-dir';

const root = join(__dirname, '..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };

async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

/** A registry that answers the question for advisories like this. */
async function auditWith(status: number, advisories: object) {
  const server = createServer((request, response) => {
    request.resume();
    const isAudit = request.url?.includes('/security/') === true;
    const name = decodeURIComponent((request.url ?? '').slice(1).split('?')[0] ?? '');
    const packument = { name, 'dist-tags': { latest: '8.23.0' }, versions: { '8.23.0': { name, version: '8.23.0' } } };
    response.writeHead(isAudit ? status : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isAudit ? advisories : packument));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const env = { npm_config_registry: registry, npm_config_cache: tempDir(), npm_config_fetch_retries: '0' };
  const answer = await run(process.execPath, ['tools/audit.mjs'], env);
  server.close();
  server.closeAllConnections();
  return answer;
}

test('every package of production has a licence that asks for nothing but its text', async () => {
  const { code, stdout, stderr } = await run(process.execPath, ['tools/licences.mjs', '--check']);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/0 with a licence to read/)]);
  expect(stdout).toMatch(/^MIT +graphql@/m);
});

test('the bill of materials is CycloneDX and names what production installs, and nothing else', async () => {
  const { code, stdout } = await run(process.execPath, ['tools/sbom.mjs']);
  expect(code).toBe(0);
  const bom = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  const names = bom.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['graphql', 'lmdb', 'mongoose']));
  expect(names).not.toContain('jest');
  const direct = bom.dependencies.find(({ ref }) => ref.startsWith('jungle-buzz@'))?.dependsOn;
  expect(direct?.sort()).toEqual(
    Object.keys(dependencies)
      .map((name) => `node_modules/${name}`)
      .sort(),
  );
});

test('the audit fails at a high advisory, passes without one, and says so when nobody answers', async () => {
  const advisory = { id: 1, url: 'https://example.org/1', title: 'a hole', severity: 'high', vulnerable_versions: '*' };
  const found = await auditWith(200, { ws: [advisory] });
  expect(found.stderr).toBe('');
  expect([found.code, found.stdout]).toEqual([1, expect.stringMatching(/high: ws/)]);
  const none = await auditWith(200, {});
  expect([none.code, none.stdout]).toEqual([0, expect.stringMatching(/ 0 advisories, 0 high/)]);
  const refused = await auditWith(405, { error: 'no' });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/^NOT CHECKED/m)]);
  expect(refused.stderr).not.toContain('127.0.0.1');
}, 120_000);
