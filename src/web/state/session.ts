import { ApiError, ask } from '../api';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { AuthFieldsFragmentDoc, RefreshDocument, type TypedDocumentString } from '../generated/graphql';
import type { BrowserStorage } from './browser-storage';
import { createStore, type Store } from './store';

export interface Login {
  /** Id of the account. Logins that were stored before version 0.2 have none. */
  readonly id?: string;
  readonly username: string;
  /** An account without a password, made by enterAsGuest. */
  readonly isGuest?: boolean;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * The result of the last renewals, for the tab that renews next. Local storage is not enough: a tab can get the lock before it sees
 * what the tab before it has stored. IndexedDB shows every committed transaction.
 */
export interface Renewals {
  /** The login that replaced the access token `spent`, if a tab has renewed it. */
  after(spent: string): Promise<Login | undefined>;
  keep(spent: string, next: Login): Promise<void>;
  forget(): Promise<void>;
}

export interface Locks {
  /** Runs `work` while no other tab of this browser holds the lock. */
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export interface SessionDeps {
  /** The address of the API. */
  readonly url: string;
  readonly storage: BrowserStorage;
  /** Shared by all tabs of the browser. */
  readonly locks: Locks;
  readonly renewals: Renewals;
  /** The language that the person reads. */
  readonly locale: () => string;
}

const STORED = 'jungle-buzz.login';
const HAD_ACCOUNT = 'jungle-buzz.had-account';
const LOCK = 'jungle-buzz.refresh';

/** The login of this browser, kept in its storage and shared by all tabs. */
export class Session {
  readonly login: Store<Login | null>;
  /** The session expired or was revoked: the person has not logged out. False again after the next login. */
  readonly cutOff = createStore(false);
  /** Whose words this page may show: who is logged in, and after the session was cut off who was. */
  readonly person: Store<string | null>;

  constructor(private readonly deps: SessionDeps) {
    this.login = createStore(this.stored());
    this.person = createStore(this.login.get()?.username ?? null);
  }

  /** Whether somebody with a password has logged in with this browser before. */
  hadAccount(): boolean {
    return this.deps.storage.getItem(HAD_ACCOUNT) !== null;
  }

  accept(answer: FragmentType<typeof AuthFieldsFragmentDoc>): Login {
    const { user, accessToken, refreshToken } = unmask(AuthFieldsFragmentDoc, answer);
    const login = { ...user, accessToken, refreshToken };
    if (!user.isGuest) this.deps.storage.setItem(HAD_ACCOUNT, 'yes');
    this.cutOff.set(false);
    this.keep(login);
    return login;
  }

  forget(): void {
    this.cutOff.set(false);
    this.keep(null);
    // If this fails, the next renewal overwrites it. The session is revoked either way.
    this.deps.renewals.forget().catch(() => undefined);
  }

  /** Another tab has changed the storage. */
  reload(): void {
    this.show(this.stored());
  }

  /**
   * Asks the API in the person's name. An expired access token is refreshed once. If the session has ended, the request is sent
   * without a token, so that public data can still be read.
   * @param keepalive whether the request goes on when the page is closed
   * @throws ApiError
   */
  async run<T, V>(document: TypedDocumentString<T, V>, variables: V, keepalive = false): Promise<T> {
    const { url, locale } = this.deps;
    const token = this.login.get()?.accessToken;
    try {
      return await ask(url, document, variables, token, keepalive, locale());
    } catch (error) {
      if (!token || !(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
      return await ask(url, document, variables, await this.renew(token), false, locale());
    }
  }

  /**
   * The access token that follows `spent`. One tab at a time, with the refresh token of the last renewal: the server ends a session
   * whose refresh token is used twice.
   * @returns null if the session has ended
   * @throws ApiError if the server did not answer, so that this is not known
   */
  async renew(spent: string): Promise<string | null> {
    return await this.deps.locks.request(LOCK, async () => {
      const login = this.stored();
      if (login && login.accessToken !== spent) {
        this.show(login);
        return login.accessToken;
      }
      if (!login) {
        this.show(null);
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
        this.cutOff.set(true);
        this.keep(null);
        return null;
      }
    });
  }

  /** Renews the login, after the account has changed. */
  async renewNow(): Promise<void> {
    const login = this.login.get();
    if (login) await this.renew(login.accessToken);
  }

  private keep(login: Login | null): void {
    if (login) this.deps.storage.setItem(STORED, JSON.stringify(login));
    else this.deps.storage.removeItem(STORED);
    this.show(login);
  }

  private show(login: Login | null): void {
    if (login || !this.cutOff.get()) this.person.set(login?.username ?? null);
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
