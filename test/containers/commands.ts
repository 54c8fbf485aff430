import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port';
import type { Compose } from './compose';

const NAME = 'jungle-buzz-test-embedded';

/** The commands that docs/operations.md names for the image, on a started compose.yaml. */
export async function commandsOfTheImage(compose: Compose): Promise<string> {
  assert.match(await compose.compose('exec', '-T', 'worker', 'jungle-buzz', '--help'), /Usage/);
  assert.notEqual(await compose.compose('exec', '-T', 'worker', 'jungle-buzz', 'insight', 'main'), '');
  await compose.compose('exec', '-T', 'api', 'jungle-buzz', 'doctor');
  await compose.compose('run', '--rm', '--no-deps', '-T', 'api', 'jungle-buzz', 'doctor');
  await exportToTheHost(compose);
  await embedded(compose);
  return 'insight, doctor in a running and in a new container, export to the host, the embedded engine with a backup';
}

async function exportToTheHost(compose: Compose): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-transfer-'));
  // User 1000 of the image, not the owner, writes here.
  chmodSync(folder, 0o777);
  try {
    await compose.compose('stop', 'api', 'live', 'worker');
    const mount = ['--volume', `${folder}:/transfer`];
    await compose.compose('run', '--rm', '--no-deps', '-T', ...mount, 'worker', 'jungle-buzz', 'export', '/transfer/all.jsonl');
    assert(existsSync(join(folder, 'all.jsonl')), 'the export is in the folder of the host');
    await compose.up();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function embedded(compose: Compose): Promise<void> {
  const port = await freePort();
  const environment = ['WS_PORT=4000', 'PUBLIC_URL=same-origin', `JWT_SECRET=${'x'.repeat(32)}`].flatMap((set) => ['--env', set]);
  const options = ['--init', '--publish', `127.0.0.1:${port}:4000`, ...environment, '--volume', `${NAME}:/data`];
  try {
    await compose.docker('run', '--detach', '--name', NAME, ...options, 'jungle-buzz');
    await compose.untilHealthy(NAME);
    assert((await fetch(`http://127.0.0.1:${port}/readyz`)).ok, 'the published port is ready');
    assert.equal(await compose.docker('exec', NAME, 'stat', '--format', '%a %U', '/data'), '700 node');
    await compose.docker('exec', NAME, 'jungle-buzz', 'backup', '/tmp/backup');
  } finally {
    await compose.docker('rm', '--force', NAME);
    await compose.docker('volume', 'rm', '--force', NAME);
  }
}
