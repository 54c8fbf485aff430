import { DomainError } from '../../domain/errors';
import type { Logger } from '../../ports/logger';
import type { Rotation, Session, SessionStore } from '../../ports/session-store';
import type { RedisServer } from './redis-server';

/** Ids of ended sessions, scored by the time of their end. */
const MIRROR = 'jb:ended';

export interface MirroredSessionStoreOptions {
  readonly sessions: SessionStore;
  /** Each gets a copy. */
  readonly servers: readonly RedisServer[];
  readonly logger: Logger;
  /** Milliseconds for which an end is kept: no access token lives longer. */
  readonly keptMs: number;
}

/**
 * The store is the truth. The ends of sessions are copied to Redis, so that a process that starts while the store is unavailable
 * refuses their tokens.
 */
export class MirroredSessionStore implements SessionStore {
  constructor(private readonly options: MirroredSessionStoreOptions) {}

  create(session: Session): Promise<void> {
    return this.options.sessions.create(session);
  }

  byId(id: string): Promise<Session | undefined> {
    return this.options.sessions.byId(id);
  }

  async rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation> {
    const rotation = await this.options.sessions.rotate(id, generation, now, expiresAt);
    if (rotation.outcome === 'reused') await this.mirror([id], rotation.session.endedAt ?? now);
    return rotation;
  }

  async end(id: string, now: number): Promise<boolean> {
    const ended = await this.options.sessions.end(id, now);
    if (ended) await this.mirror([id], now);
    return ended;
  }

  activeSessions(userId: string, now: number): Promise<readonly Session[]> {
    return this.options.sessions.activeSessions(userId, now);
  }

  async endAll(userId: string, now: number, except?: string): Promise<readonly string[]> {
    const ids = await this.options.sessions.endAll(userId, now, except);
    await this.mirror(ids, now);
    return ids;
  }

  async endedSince(since: number): Promise<readonly string[]> {
    try {
      return await this.options.sessions.endedSince(since);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'UNAVAILABLE')) throw error;
      const { servers } = this.options;
      const reads = servers.map((server) => server.soon((redis) => redis.zrange(MIRROR, since, '+inf', 'BYSCORE')));
      const answers = (await Promise.allSettled(reads)).filter((read) => read.status === 'fulfilled');
      if (answers.length === 0) throw error;
      return [...new Set(answers.flatMap(({ value }) => value))];
    }
  }

  private async mirror(ids: readonly string[], endedAt: number): Promise<void> {
    if (ids.length === 0) return;
    await Promise.all(this.options.servers.map((server) => this.mirrorTo(server, ids, endedAt)));
  }

  private async mirrorTo(server: RedisServer, ids: readonly string[], endedAt: number): Promise<void> {
    const { logger, keptMs } = this.options;
    try {
      await server.soon((redis) => redis.zadd(MIRROR, ...ids.flatMap((id) => [endedAt, id])));
      await server.soon((redis) => redis.zremrangebyscore(MIRROR, '-inf', `(${endedAt - keptMs}`));
    } catch (err) {
      logger.warn({ err }, 'the end of a session is stored, but was not copied to Redis');
    }
  }
}
