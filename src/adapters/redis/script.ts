import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script: runs whole or not at all, with nothing of others in between. Sent once, named by its hash afterwards. */
export class Script {
  private readonly sha: string;

  constructor(private readonly source: string) {
    this.sha = hash('sha1', source, 'hex');
  }

  /** @throws Redis's or the connection's error */
  async run(redis: Redis, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await redis.eval(this.source, keys.length, ...keys, ...args);
    }
  }
}
