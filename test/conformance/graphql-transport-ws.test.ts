import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unauthenticated } from '../../src/domain/errors';
import { LiveRig } from '../support/live-rig';
import { RULES, tableOfRules } from './rules';

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start({
    authenticate: (authorization) => {
      if (authorization === undefined) return null;
      if (authorization !== 'Bearer good') throw unauthenticated('TOKEN_INVALID');
      return { sessionId: 'session', userId: 'user', username: 'user', expiresAt: Infinity };
    },
    maxSocketsPerUser: 1,
  });
});
afterEach(() => rig.stop());

test.each(RULES.map((rule) => [rule.when, rule.then, rule] as const))('%s: %s', async (_, then, rule) => {
  expect(await rule.see(rig)).toBe(then);
});

test('docs/protocol.md has the same table (written by npm run docs:protocol)', () => {
  expect(readFileSync(join(__dirname, '../../docs/protocol.md'), 'utf8')).toContain(tableOfRules());
});
