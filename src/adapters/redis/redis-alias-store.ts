import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { AliasStore } from '../../ports/alias-store';
import { orUnavailable } from './connect';
import { Script } from './script';

const KEY = 'jb:alias-key';
const KEY_BYTES = 32;
/** A scope is a room and a day. The port promises that aliases are kept for two days. */
const KEPT_SECONDS = 3 * 24 * 60 * 60;
const CLAIM = new Script('claim-alias');

/** One hash per scope: `o:<owner>` -> alias, and `a:<alias>` for each alias that is taken. */
export class RedisAliasStore implements AliasStore {
  constructor(private readonly redis: Redis) {}

  async key(): Promise<Uint8Array> {
    await orUnavailable(this.redis.set(KEY, randomBytes(KEY_BYTES).toString('base64url'), 'NX'));
    return Buffer.from((await orUnavailable(this.redis.get(KEY))) ?? '', 'base64url');
  }

  async claim(scope: string, owner: string, nickname: string): Promise<string> {
    return String(await orUnavailable(CLAIM.run(this.redis, [`jb:alias:{${scope}}`], [owner, nickname, KEPT_SECONDS])));
  }
}
