import type { Places } from './places';

/**
 * Which partition each recent id belongs to. A partition knows its own ids; a claim, made before the append, keeps one id from being
 * appended in two. It is kept for the idempotency window. If its server does not answer, there is no claim: then the id may be
 * appended once more in a room of another partition.
 */
export class Claims {
  private readonly prefix: string;

  /** @param keptMs milliseconds */
  constructor(
    private readonly places: Places,
    private readonly keptMs: number,
  ) {
    this.prefix = `${places.keyOfCopies('jb:claim')}:`;
  }

  /** Claims the id unless it is claimed. @returns the partition that has the claim; undefined if its server does not answer */
  async claim(id: string, partition: number): Promise<number | undefined> {
    try {
      const before = await this.places
        .ofKey(id)
        .soon((redis) => redis.set(this.prefix + id, partition, 'PX', this.keptMs, 'NX', 'GET'));
      return before === null ? partition : Number(before);
    } catch {
      return undefined;
    }
  }

  /** @returns undefined for an id without a claim, and if its server does not answer */
  async partitionOf(id: string): Promise<number | undefined> {
    const claimed = await this.places
      .ofKey(id)
      .soon((redis) => redis.get(this.prefix + id))
      .catch(() => null);
    return claimed === null ? undefined : Number(claimed);
  }
}
