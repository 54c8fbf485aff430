import type { Database } from 'lmdb';
import type { Rotation, Session, SessionStore } from '../../ports/session-store';
import { lookUp, type Environment } from './environment';

/** userId, createdAt, generation, expiresAt, endedAt; stored under the id. */
export type SessionTuple = readonly [string, number, number, number, number | null];

export interface LmdbSessionStoreOptions {
  readonly env: Environment;
  readonly sessions: Database<SessionTuple, string>;
  /** User and session id of those that were not ended. */
  readonly byUser: Database<null, [string, string]>;
  /** endedAt and session id. */
  readonly ended: Database<null, [number, string]>;
}

export class LmdbSessionStore implements SessionStore {
  constructor(private readonly options: LmdbSessionStoreOptions) {}

  create(session: Session): Promise<void> {
    return this.options.env.write(() => {
      this.put(session);
      void this.options.byUser.put([session.userId, session.id], null);
    });
  }

  byId(id: string): Promise<Session | undefined> {
    return this.options.env.read(() => this.load(id));
  }

  rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation> {
    return this.options.env.write(() => {
      const session = this.load(id);
      if (!session) return { outcome: 'invalid' };
      if (generation < session.generation) return { outcome: 'reused', session: this.finish(session, now) };
      if (isOver(session, now) || generation > session.generation) return { outcome: 'invalid' };
      const rotated = { ...session, generation: generation + 1, expiresAt };
      this.put(rotated);
      return { outcome: 'rotated', session: rotated };
    });
  }

  end(id: string, now: number): Promise<boolean> {
    return this.options.env.write(() => {
      const session = this.load(id);
      if (!session || isOver(session, now)) return false;
      this.finish(session, now);
      return true;
    });
  }

  endAll(userId: string, now: number, except?: string): Promise<readonly string[]> {
    return this.options.env.write(() => {
      const open = this.open(userId, now).filter(({ id }) => id !== except);
      for (const session of open) this.finish(session, now);
      return open.map(({ id }) => id);
    });
  }

  activeSessions(userId: string, now: number): Promise<readonly Session[]> {
    return this.options.env.read(() => this.open(userId, now).sort((a, b) => a.createdAt - b.createdAt));
  }

  endedSince(since: number): Promise<readonly string[]> {
    return this.options.env.read(() => [...this.options.ended.getKeys({ start: [since, ''] })].map(([, id]) => id));
  }

  private finish(session: Session, now: number): Session {
    if (session.endedAt !== null) return session;
    const ended = { ...session, endedAt: now };
    this.put(ended);
    void this.options.byUser.remove([session.userId, session.id]);
    void this.options.ended.put([now, session.id], null);
    return ended;
  }

  private open(userId: string, now: number): Session[] {
    return [...this.options.byUser.getKeys({ start: [userId, ''], end: [userId, '\uffff'] })].flatMap(([, id]) => {
      const session = this.load(id);
      return session && !isOver(session, now) ? [session] : [];
    });
  }

  private load(id: string): Session | undefined {
    const tuple = lookUp(this.options.sessions, id);
    if (!tuple) return undefined;
    const [userId, createdAt, generation, expiresAt, endedAt] = tuple;
    return { id, userId, createdAt, generation, expiresAt, endedAt };
  }

  private put({ id, userId, createdAt, generation, expiresAt, endedAt }: Session): void {
    void this.options.sessions.put(id, [userId, createdAt, generation, expiresAt, endedAt]);
  }
}

const isOver = (session: Session, now: number): boolean => session.endedAt !== null || now >= session.expiresAt;
