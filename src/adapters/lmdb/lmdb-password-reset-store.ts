import { MAX_TOKENS, type PasswordResetStore, type ResetRequest, type ResetToken } from '../../ports/password-reset-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbPasswordResetStoreOptions {
  readonly env: Environment;
  /** By hash. */
  readonly tokens: Table<ResetToken, string>;
  /** User, expiresAt and hash of each token. */
  readonly byUser: KeySet<[string, number, string]>;
  /** By user. They are few, so all are read. */
  readonly requests: Table<ResetRequest, string>;
}

export class LmdbPasswordResetStore implements PasswordResetStore {
  constructor(private readonly options: LmdbPasswordResetStoreOptions) {}

  addToken(token: ResetToken, now: number): Promise<void> {
    const { env, tokens, byUser } = this.options;
    return env.write(() => {
      for (const old of tokens.values()) if (old.expiresAt <= now) this.remove(old);
      for (const [, , hash] of this.keysOf(token.userId).slice(0, 1 - MAX_TOKENS)) {
        const old = tokens.get(hash);
        if (old) this.remove(old);
      }
      tokens.put(token.hash, token);
      byUser.add([token.userId, token.expiresAt, token.hash]);
    });
  }

  findToken(hash: string, now: number): Promise<string | undefined> {
    return this.options.env.read(() => this.valid(hash, now)?.userId);
  }

  useToken(hash: string, now: number): Promise<string | undefined> {
    const { env, tokens, byUser } = this.options;
    return env.write(() => {
      const used = this.valid(hash, now);
      if (!used) return undefined;
      for (const key of this.keysOf(used.userId)) {
        tokens.remove(key[2]);
        byUser.remove(key);
      }
      return used.userId;
    });
  }

  enqueue(request: ResetRequest, limit: number): Promise<boolean> {
    const { env, requests } = this.options;
    return env.write(() => {
      if (requests.count() >= limit) return false;
      requests.put(request.userId, request);
      return true;
    });
  }

  due(now: number, limit: number): Promise<readonly ResetRequest[]> {
    const { env, requests } = this.options;
    return env.read(() =>
      requests
        .values()
        .filter(({ dueAt }) => dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit),
    );
  }

  settle({ userId, requestedAt }: ResetRequest, next?: ResetRequest): Promise<void> {
    const { env, requests } = this.options;
    return env.write(() => {
      if (requests.get(userId)?.requestedAt !== requestedAt) return;
      if (next) requests.put(userId, next);
      else requests.remove(userId);
    });
  }

  private valid(hash: string, now: number): ResetToken | undefined {
    const token = this.options.tokens.get(hash);
    return token && token.expiresAt > now ? token : undefined;
  }

  /** Earliest expiry first. */
  private keysOf(userId: string): [string, number, string][] {
    return this.options.byUser.keys({ start: [userId, 0, ''], end: [userId, Infinity, ''] });
  }

  private remove({ userId, expiresAt, hash }: ResetToken): void {
    this.options.tokens.remove(hash);
    this.options.byUser.remove([userId, expiresAt, hash]);
  }
}
