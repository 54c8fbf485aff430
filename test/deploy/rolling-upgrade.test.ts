import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../support/temp-dir';

const SCRIPT = join(__dirname, '../../deploy/rolling-upgrade.sh');
const ROLES = ['worker', 'api', 'live'];

/** Stands in for Docker: one file per service with the ids of its containers, and a list of the calls. */
const FAKE_DOCKER = `#!/usr/bin/env bash
cd "$STATE"
echo "$*" >>calls
last=\${!#}
case "$1 $2" in
  'compose ps') cat "$last" ;;
  'compose up') for n in 3 4; do echo "$last-$n" >>"$last"; done; [[ $last != "$BROKEN" ]] ;;
  inspect*) if [[ $last == "$SICK" ]]; then echo unhealthy; else echo healthy; fi ;;
  exec*) [[ $2 != "$NOT_READY" ]] ;;
  rm*) for id in "$@"; do sed -i "/^$id$/d" worker api live; done ;;
esac
`;

/** Runs the script with two containers of each role. */
function upgrade(faults: { SICK?: string; NOT_READY?: string; BROKEN?: string } = {}) {
  const folder = tempDir();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'docker'), FAKE_DOCKER, { mode: 0o755 });
  for (const role of ROLES) writeFileSync(join(folder, role), `${role}-1\n${role}-2\n`);
  const { status, stderr } = spawnSync('bash', [SCRIPT], {
    encoding: 'utf8',
    env: {
      ...{ PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, STATE: folder, READY_TIMEOUT: '0', PROXY_DELAY: '0' },
      ...{ SICK: '', NOT_READY: '', BROKEN: '', ...faults },
    },
  });
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n');
  return { status, stderr, calls: lines('calls'), containers: ROLES.map(lines) };
}

test('stops the old containers of a role after all new ones are ready, one role after the other', () => {
  const { status, stderr, calls, containers } = upgrade();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(containers).toEqual(ROLES.map((role) => [`${role}-3`, `${role}-4`]));
  expect(calls.filter((call) => /^(exec|stop)/.test(call))).toEqual(
    ROLES.flatMap((role) => [
      ...[3, 4].map((n) => `exec ${role}-${n} node healthcheck.mjs /readyz`),
      ...[1, 2].map((n) => `stop ${role}-${n}`),
    ]),
  );
});

test('starts twice as many containers without touching the old ones and the stores', () => {
  expect(upgrade().calls.filter((call) => call.startsWith('compose up'))).toEqual(
    ROLES.map((role) => `compose up --detach --no-deps --no-build --no-recreate --scale ${role}=4 ${role}`),
  );
});

test.each([
  ['is not healthy', { SICK: 'api-4' }],
  ['is healthy but not ready', { NOT_READY: 'api-4' }],
  ['cannot be started', { BROKEN: 'api' }],
])('removes the new containers and keeps the old ones when one %s', (_, faults) => {
  const { status, stderr, calls, containers } = upgrade(faults);
  expect(status).toBe(1);
  expect(stderr).toContain('the old ones stay');
  expect(containers).toEqual([
    ['worker-3', 'worker-4'],
    ['api-1', 'api-2'],
    ['live-1', 'live-2'],
  ]);
  expect(calls.filter((call) => /^stop (api|live)/.test(call))).toEqual([]);
});
