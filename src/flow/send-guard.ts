import { hash } from 'node:crypto';
import type { Viewer } from '../domain/user';
import type { Rate, RateLimiter } from '../ports/rate-limiter';

export interface SendGuardOptions {
  readonly limiter: RateLimiter;
  /** Decides which process may send a message id. No metric counts its refusals, because they are not rate limits. */
  readonly claims: Pick<RateLimiter, 'consume'>;
  readonly perUser: Rate;
  readonly perAddress: Rate;
  /** Per author, room and text, ignoring case and spaces. */
  readonly sameText: Rate;
}

export interface Sending {
  readonly viewer: Viewer;
  readonly address: string;
  readonly room: string;
  readonly text: string;
  /** Seconds between two messages of one author in the room; 0 turns slow mode off. */
  readonly slowModeSeconds: number;
}

/** One claim before the rates are asked and one after a refusal are allowed; a third is of another process. A send takes far less time. */
const CLAIM: Rate = { name: 'send-claim', points: 2, seconds: 1 };

/** Rate limits of messages. Asked after the lookup of earlier sends, so that a repeated send is never refused. */
export class SendGuard {
  constructor(private readonly options: SendGuardOptions) {}

  /** @throws DomainError RATE_LIMITED */
  async admit({ viewer, address, room, text, slowModeSeconds }: Sending): Promise<void> {
    const { limiter, perUser, perAddress, sameText } = this.options;
    const { userId } = viewer;
    await Promise.all([
      limiter.consume(perUser, userId),
      limiter.consume(perAddress, address),
      limiter.consume(sameText, digest(`${userId}\0${room}\0${text.toLowerCase().replaceAll(/\s+/g, ' ')}`)),
    ]);
    if (slowModeSeconds === 0) return;
    // Last, so that a message refused for another reason does not start the wait.
    const slow = { name: `slow-${slowModeSeconds}`, points: 1, seconds: slowModeSeconds };
    await limiter.consume(slow, digest(`${userId}\0${room}`));
  }

  /**
   * Call it before `admit`, and again when `admit` refused.
   * @returns at the second call, false if another process may be sending the message. Never rejects
   */
  async claim(id: string): Promise<boolean> {
    return this.options.claims.consume(CLAIM, id).then(
      () => true,
      () => false,
    );
  }
}

const digest = (text: string): string => hash('sha256', text, 'base64url');
