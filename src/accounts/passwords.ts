import { compare, genSaltSync, hash } from 'bcrypt';
import { DomainError } from '../domain/errors';
import { MAX_PASSWORD_BYTES, normalizePassword } from '../domain/user';

/** A hash occupies one of libuv's four threads for a quarter of a second, and file writes need the same threads. */
const MAX_PARALLEL = 2;
/** Hashes that may wait. More are refused. */
const MAX_WAITING = 40;

/** bcrypt with bounded concurrency and a bounded queue. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** A well-formed hash of no password. Comparing with it takes the same work as comparing with a real hash. */
  private readonly dummyHash: string;

  constructor(private readonly cost: number) {
    this.dummyHash = genSaltSync(cost) + '.'.repeat(31);
  }

  /** @throws DomainError UNAVAILABLE if the queue is full */
  hash(password: string): Promise<string> {
    return this.bounded(() => hash(normalizePassword(password), this.cost));
  }

  /**
   * @param expected hash to compare with; undefined for an unknown user and null for a guest, which take the same time and return false
   * @throws DomainError UNAVAILABLE if the queue is full
   */
  verify(password: string, expected: string | null | undefined): Promise<boolean> {
    return this.bounded(async () => {
      if (await this.matches(normalizePassword(password), expected)) return true;
      // Hashes of version 0.1.0 are of the password as it was typed.
      return normalizePassword(password) !== password && this.matches(password, expected);
    });
  }

  private async matches(password: string, expected: string | null | undefined): Promise<boolean> {
    // bcrypt truncates such a password and could accept it in place of its beginning.
    const known =
      Buffer.byteLength(password) > MAX_PASSWORD_BYTES || password.includes('\0') ? undefined : (expected ?? undefined);
    return (await compare(password, known ?? this.dummyHash)) && known !== undefined;
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MAX_PARALLEL) {
      if (this.waiting.length >= MAX_WAITING) throw new DomainError('UNAVAILABLE', 'Too many logins at once. Please try again.');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    try {
      return await work();
    } finally {
      // The next in line gets the slot directly, before later callers can take it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
