import { hash } from 'node:crypto';
import type { Viewer } from '../domain/user';
import type { Backoff, Rate, RateLimiter } from '../ports/rate-limiter';

/** Where a request came from, and whose log-in it showed. */
export interface Requester {
  /** Of the client, as far as proxies are trusted. */
  readonly address: string;
  readonly viewer: Viewer | null;
}

export interface AccountGuardOptions {
  readonly limiter: RateLimiter;
  /** Each counts by address. */
  readonly rates: { readonly [K in 'login' | 'register' | 'refresh' | 'usernames']: Rate };
  /** Wrong passwords for one account from one address that need not wait. */
  readonly freeTries: number;
  readonly maxDelaySeconds: number;
}

/** Many addresses together may guess so much more often before the account waits for all of them, */
const ADDRESSES = 5;
/** and then for no longer than this: its owner may be without a log-in that is still open. */
const ACCOUNT_MAX_SECONDS = 60;
const FORGET_SECONDS = 3_600;

/**
 * Keeps passwords from being guessed and their owners from being locked out. Guesses from one address wait ever longer; guesses
 * from many slow the account down, but shortly. Whoever shows a log-in of the account that is still open is counted apart.
 */
export class AccountGuard {
  private readonly pair: Backoff;
  private readonly account: Backoff;
  private readonly owner: Backoff;

  constructor(private readonly options: AccountGuardOptions) {
    const { freeTries: free, maxDelaySeconds } = options;
    const common = { firstSeconds: 1, forgetSeconds: Math.max(FORGET_SECONDS, 2 * maxDelaySeconds) };
    this.pair = { ...common, name: 'password', free, maxSeconds: maxDelaySeconds };
    this.account = { ...common, name: 'password-account', free: ADDRESSES * free, maxSeconds: ACCOUNT_MAX_SECONDS };
    this.owner = { ...this.pair, name: 'password-owner' };
  }

  /** @throws DomainError RATE_LIMITED */
  async admit(what: keyof AccountGuardOptions['rates'], { address }: Requester): Promise<void> {
    await this.options.limiter.consume(this.options.rates[what], address);
  }

  /**
   * Counts a try before the password is looked at, so that many at once are counted too.
   * @param account its id, or what was given in place of one: an unknown account is as slow as a known one
   * @returns to be called when the password was right
   * @throws DomainError RATE_LIMITED
   */
  async attempt(account: string, { address, viewer }: Requester): Promise<() => Promise<void>> {
    const { limiter } = this.options;
    const tries: [Backoff, string][] =
      viewer?.userId === account
        ? [[this.owner, digest(account)]]
        : [
            [this.pair, digest(`${account}\0${address}`)],
            [this.account, digest(account)],
          ];
    for (const [backoff, key] of tries) await limiter.attempt(backoff, key);
    return async () => {
      await Promise.all(tries.map(([backoff, key]) => limiter.reset(backoff, key)));
    };
  }
}

/** What somebody typed may be an e-mail address, and long. */
const digest = (text: string): string => hash('sha256', text, 'base64url');
