import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';

const FOLDER = join(__dirname, 'scripts');

/** A Lua script, which Redis runs whole or not at all, one at a time. Sent once, named by its hash afterwards. */
export class Script {
  private readonly source: string;
  private readonly sha: string;

  /** @param name of a file in scripts/, which documents its KEYS, ARGV and reply */
  constructor(name: string) {
    this.source = source(name).replaceAll(/^-- include (\S+)$/gm, (_, include: string) => source(`include/${include}`));
    this.sha = hash('sha1', this.source, 'hex');
  }

  /** @throws Redis's or the connection's error */
  async run(redis: Redis, keys: readonly string[], args: readonly (string | number)[] = []): Promise<unknown> {
    try {
      return await redis.evalsha(this.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await redis.eval(this.source, keys.length, ...keys, ...args);
    }
  }
}

const source = (name: string): string => readFileSync(join(FOLDER, `${name}.lua`), 'utf8');
