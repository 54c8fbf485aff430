import { hash } from 'node:crypto';
import { DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Backoff, Rate, RateLimiter } from '../ports/rate-limiter';

/** The sender of a request. */
export interface Requester {
  /** Address of the client, as far as proxies are trusted. */
  readonly address: string;
  /** The account that the access token of the request belongs to. */
  readonly viewer: Viewer | null;
}

export interface AccountGuardOptions {
  readonly limiter: RateLimiter;
  /** Counted per address. */
  readonly rates: { readonly [K in 'login' | 'register' | 'refresh' | 'usernames' | 'resets' | 'guests']: Rate };
  /** Wrong passwords for one account from one address before the backoff begins. */
  readonly freeTries: number;
  readonly maxDelaySeconds: number;
}

/** The free tries of an account over all addresses are this many times those of one address. */
const ADDRESSES = 5;
/** Longest backoff of an account over all addresses. It is short, because it also locks out an owner without an active session. */
const ACCOUNT_MAX_SECONDS = 60;
/** Mails with a reset link that one account may get, so that nobody fills the mailbox of somebody else. */
const RESET_MAILS: Rate = { name: 'reset-mails', points: 3, seconds: 3_600 };
/** Shortest time until tries are forgotten. */
const FORGET_SECONDS = 3_600;

/**
 * Limits password guessing without locking owners out. Tries from one address back off exponentially. Tries from many addresses slow
 * the account down for a short time. Requests with an active session of the account are counted separately.
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
   * Counts a request for a mail with a reset link.
   * @param account as for `attempt`
   * @returns whether the account may get another one
   */
  async admitReset(account: string): Promise<boolean> {
    try {
      await this.options.limiter.consume(RESET_MAILS, digest(account));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'RATE_LIMITED') return false;
      throw error;
    }
  }

  /**
   * Counts a try. Call it before the password is checked, so that concurrent tries are counted too.
   * @param account id of the account or, if it is unknown, the name given: unknown accounts back off like known ones
   * @returns a function to call if the password was right
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

/** The name given may be long or an e-mail address, so keys are hashed. */
const digest = (text: string): string => hash('sha256', text, 'base64url');
