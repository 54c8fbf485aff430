import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { AliasStore } from '../../ports/alias-store';
import { answer } from './connect';
import { Script } from './script';

const KEY = 'jb:alias-key';
const KEY_BYTES = 32;
/** A scope is a room and a day; the port promises two. */
const KEPT_SECONDS = 3 * 24 * 60 * 60;

/** KEYS scope. ARGV owner, nickname, seconds. @returns the owner's alias */
const CLAIM = new Script(`
local owner = 'o:' .. ARGV[1]
local known = redis.call('HGET', KEYS[1], owner)
if known then return known end
local alias, number = ARGV[2], 1
while redis.call('HEXISTS', KEYS[1], 'a:' .. alias) == 1 do
  number = number + 1
  alias = ARGV[2] .. ' ' .. number
end
redis.call('HSET', KEYS[1], owner, alias, 'a:' .. alias, '')
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
return alias`);

/** A hash for each scope: `o:` and owner -> alias, and `a:` and alias, which says that it is taken. */
export class RedisAliasStore implements AliasStore {
  constructor(private readonly redis: Redis) {}

  async key(): Promise<Uint8Array> {
    await answer(this.redis.set(KEY, randomBytes(KEY_BYTES).toString('base64url'), 'NX'));
    return Buffer.from((await answer(this.redis.get(KEY))) ?? '', 'base64url');
  }

  async claim(scope: string, owner: string, nickname: string): Promise<string> {
    return String(await answer(CLAIM.run(this.redis, [`jb:alias:{${scope}}`], [owner, nickname, KEPT_SECONDS])));
  }
}
