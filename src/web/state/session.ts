import { ApiError, ask } from '../api';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { AuthFieldsFragmentDoc, RefreshDocument, type TypedDocumentString } from '../generated/graphql';
import { createStore, type Store } from './store';

export interface Login {
  readonly username: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * What the last renewals led to, for the tab that comes next. Local storage will not do: a tab may hold the lock before it hears
 * what the tab before it has stored. IndexedDB shows every transaction that has ended.
 */
export interface Renewals {
  /** The log-in that came of the access token `spent`, if a tab has renewed it. */
  after(spent: string): Promise<Login | undefined>;
  keep(spent: string, next: Login): Promise<void>;
  forget(): Promise<void>;
}

export interface SessionDeps {
  /** Of the API. */
  readonly url: string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Shared by all tabs of the browser. */
  readonly locks: Pick<LockManager, 'request'>;
  readonly renewals: Renewals;
}

const STORED = 'jungle-buzz.login';
const LOCK = 'jungle-buzz.refresh';

/** The log-in of this browser, kept in its storage and shared by all tabs. */
export class Session {
  readonly login: Store<Login | null>;
  /** The log-in ended without the person having asked for it; false again after the next one. */
  readonly cutOff = createStore(false);

  constructor(private readonly deps: SessionDeps) {
    this.login = createStore(this.stored());
  }

  accept(answer: FragmentType<typeof AuthFieldsFragmentDoc>): Login {
    const { user, accessToken, refreshToken } = unmask(AuthFieldsFragmentDoc, answer);
    const login = { username: user.username, accessToken, refreshToken };
    this.keep(login);
    this.cutOff.set(false);
    return login;
  }

  forget(): void {
    this.keep(null);
    // A browser that cannot forget now overwrites it with the next renewal; the log-in is over either way.
    this.deps.renewals.forget().catch(() => undefined);
  }

  /** Another tab has changed the storage. */
  reload(): void {
    this.login.set(this.stored());
  }

  /**
   * Asks the API in the person's name. A token that is over is refreshed once; if the log-in itself is over, what is public is
   * still answered.
   * @throws ApiError
   */
  async run<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
    const token = this.login.get()?.accessToken;
    try {
      return await ask(this.deps.url, document, variables, token);
    } catch (error) {
      if (!token || !(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
      return await ask(this.deps.url, document, variables, await this.renew(token));
    }
  }

  /**
   * The next access token after `spent`. One tab at a time, and with what the tab before it was given: a refresh token works once,
   * and a second use would end the log-in.
   * @returns null if the log-in is over
   * @throws ApiError if that is not known, because there was no answer
   */
  async renew(spent: string): Promise<string | null> {
    return await this.deps.locks.request(LOCK, async () => {
      const login = this.stored();
      if (login && login.accessToken !== spent) {
        this.login.set(login);
        return login.accessToken;
      }
      if (!login) {
        this.login.set(null);
        return null;
      }
      const next = await this.deps.renewals.after(spent).catch(() => undefined);
      if (next) {
        this.keep(next);
        return next.accessToken;
      }
      try {
        const { refresh } = await ask(this.deps.url, RefreshDocument, { refreshToken: login.refreshToken });
        const renewed = this.accept(refresh);
        await this.deps.renewals.keep(spent, renewed).catch(() => undefined);
        return renewed.accessToken;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
        this.keep(null);
        this.cutOff.set(true);
        return null;
      }
    });
  }

  private keep(login: Login | null): void {
    if (login) this.deps.storage.setItem(STORED, JSON.stringify(login));
    else this.deps.storage.removeItem(STORED);
    this.login.set(login);
  }

  private stored(): Login | null {
    try {
      return JSON.parse(this.deps.storage.getItem(STORED) ?? 'null') as Login | null;
    } catch {
      return null;
    }
  }
}
