import { hash } from 'node:crypto';
import type { Viewer } from '../domain/user';
import type { Rate, RateLimiter } from '../ports/rate-limiter';

export interface SendGuardOptions {
  readonly limiter: RateLimiter;
  readonly perUser: Rate;
  readonly perAddress: Rate;
  /** One text of one author in one room, however it is cased and spaced. */
  readonly sameText: Rate;
}

/** Who sends, from where, and what. */
export interface Sending {
  readonly viewer: Viewer;
  readonly address: string;
  readonly room: string;
  readonly text: string;
  /** Seconds between two messages of one author in the room; 0: none. */
  readonly slowModeSeconds: number;
}

/** How often people may write. Asked after the look-up, so that a message that is sent again never meets it. */
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
    // Last: what was refused for another reason does not make its author wait.
    const slow = { name: `slow-${slowModeSeconds}`, points: 1, seconds: slowModeSeconds };
    await limiter.consume(slow, digest(`${userId}\0${room}`));
  }
}

const digest = (text: string): string => hash('sha256', text, 'base64url');
