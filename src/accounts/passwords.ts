import { compare, genSaltSync, hash } from 'bcrypt';
import { DomainError } from '../domain/errors';
import { MAX_PASSWORD_BYTES } from '../domain/user';

/**
 * bcrypt with its work bounded. Each hash keeps one of libuv's four threads busy for a quarter of a second, and file writes use
 * the same threads: so at most `MAX_PARALLEL` hashes run, the rest wait in a short queue, and what does not fit is turned away.
 */
const MAX_PARALLEL = 2;
const MAX_WAITING = 40;

export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Well-formed but of no password: comparing with it takes the same work as with a real one. */
  private readonly dummyHash: string;

  constructor(private readonly cost: number) {
    this.dummyHash = genSaltSync(cost) + '.'.repeat(31);
  }

  /** @throws DomainError UNAVAILABLE when too many are waiting */
  hash(password: string): Promise<string> {
    return this.bounded(() => hash(password, this.cost));
  }

  /**
   * @param expected undefined for an unknown user: the same work is done, and the answer is false
   * @throws DomainError UNAVAILABLE when too many are waiting
   */
  verify(password: string, expected: string | undefined): Promise<boolean> {
    // bcrypt would cut such a password and could take it for the one it begins with.
    const known = Buffer.byteLength(password) > MAX_PASSWORD_BYTES || password.includes('\0') ? undefined : expected;
    return this.bounded(async () => (await compare(password, known ?? this.dummyHash)) && known !== undefined);
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MAX_PARALLEL) {
      if (this.waiting.length >= MAX_WAITING) throw new DomainError('UNAVAILABLE', 'Too many log-ins at once. Please try again.');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    try {
      return await work();
    } finally {
      // The slot goes straight to the next in line, so that nobody who comes later can take it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
