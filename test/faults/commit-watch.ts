import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { bandOf } from '../../src/domain/partition';
import { longestPause } from './pauses';
import type { RedisServers } from './redis-servers';

const POLL_MS = 50;

interface Commit {
  /** When it was seen, by `performance.now()`. */
  readonly at: number;
  readonly offset: number;
}

/** Sees when messages of each partition become stored, on an installation with one Redis. */
export class CommitWatch {
  /** Of each partition, in the order of their numbers. */
  private readonly commits: Commit[][];
  private readonly running: Promise<void>;
  private isOver = false;

  constructor(servers: RedisServers) {
    const { service, url } = servers.first;
    const logs = servers.partitionsOn(0).map((number) => ({
      key: `jb:{log${number}}:state`,
      base: bandOf(number, servers.partitions).base,
    }));
    this.commits = logs.map(() => []);
    this.running = service.ask(url, (redis) => this.poll(redis, logs));
  }

  /** Whether more is stored in every partition than these heads. */
  isBeyond(heads: readonly number[]): boolean {
    return this.commits.every((commits, i) => (commits.at(-1)?.offset ?? 0) > (heads[i] ?? 0));
  }

  /** The longest time from `from` until now without a commit, of each partition, in milliseconds. */
  pauses(from: number): number[] {
    const now = performance.now();
    return this.commits.map((commits) =>
      longestPause(
        commits.map(({ at }) => at),
        from,
        now,
      ),
    );
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async poll(redis: Redis, logs: readonly { readonly key: string; readonly base: number }[]): Promise<void> {
    while (!this.isOver) {
      const committed = await Promise.all(logs.map(({ key }) => redis.hget(key, 'committed')));
      const at = performance.now();
      logs.forEach(({ base }, i) => {
        const offset = base + Number(committed[i]);
        const commits = this.commits[i];
        if (commits && offset > (commits.at(-1)?.offset ?? 0)) commits.push({ at, offset });
      });
      await delay(POLL_MS);
    }
  }
}
