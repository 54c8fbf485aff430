import type { Rotation, Session, SessionStore } from '../../ports/session-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbSessionStoreOptions {
  readonly env: Environment;
  readonly sessions: Table<Session, string>;
  /** User and session id of the sessions that were not ended. */
  readonly byUser: KeySet<[string, string]>;
  /** endedAt and id of the ended sessions. */
  readonly ended: KeySet<[number, string]>;
}

export class LmdbSessionStore implements SessionStore {
  constructor(private readonly options: LmdbSessionStoreOptions) {}

  create(session: Session): Promise<void> {
    const { env, sessions, byUser } = this.options;
    return env.write(() => {
      sessions.put(session.id, session);
      byUser.add([session.userId, session.id]);
    });
  }

  byId(id: string): Promise<Session | undefined> {
    return this.options.env.read(() => this.options.sessions.get(id));
  }

  rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation> {
    const { env, sessions } = this.options;
    return env.write(() => {
      const session = sessions.get(id);
      if (!session) return { outcome: 'invalid' };
      if (generation < session.generation) return { outcome: 'reused', session: this.finish(session, now) };
      if (isOver(session, now) || generation > session.generation) return { outcome: 'invalid' };
      const rotated = { ...session, generation: generation + 1, expiresAt };
      sessions.put(id, rotated);
      return { outcome: 'rotated', session: rotated };
    });
  }

  end(id: string, now: number): Promise<boolean> {
    const { env, sessions } = this.options;
    return env.write(() => {
      const session = sessions.get(id);
      if (!session || isOver(session, now)) return false;
      this.finish(session, now);
      return true;
    });
  }

  endAll(userId: string, now: number, except?: string): Promise<readonly string[]> {
    return this.options.env.write(() => {
      const active = this.active(userId, now).filter(({ id }) => id !== except);
      for (const session of active) this.finish(session, now);
      return active.map(({ id }) => id);
    });
  }

  activeSessions(userId: string, now: number): Promise<readonly Session[]> {
    return this.options.env.read(() => this.active(userId, now).sort((a, b) => a.createdAt - b.createdAt));
  }

  endedSince(since: number): Promise<readonly string[]> {
    return this.options.env.read(() => this.options.ended.keys({ start: [since, ''] }).map(([, id]) => id));
  }

  private finish(session: Session, now: number): Session {
    if (session.endedAt !== null) return session;
    const { sessions, byUser, ended } = this.options;
    const finished = { ...session, endedAt: now };
    sessions.put(session.id, finished);
    byUser.remove([session.userId, session.id]);
    ended.add([now, session.id]);
    return finished;
  }

  private active(userId: string, now: number): Session[] {
    const { sessions, byUser } = this.options;
    return byUser.keys({ start: [userId, ''], end: [userId, '\uffff'] }).flatMap(([, id]) => {
      const session = sessions.getIntact(id);
      return session && !isOver(session, now) ? [session] : [];
    });
  }
}

const isOver = (session: Session, now: number): boolean => session.endedAt !== null || now >= session.expiresAt;
