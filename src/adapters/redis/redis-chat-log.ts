import { setTimeout as delay } from 'node:timers/promises';
import type { Authorship, ChatDraft, FeelingChange } from '../../domain/chat';
import { DomainError, withStored } from '../../domain/errors';
import { isIn, partitionOf, type Partitions } from '../../domain/partition';
import type { Appended, ChatLog, LogLookup } from '../../ports/chat-log';
import type { Claims } from './claims';
import type { RedisLogPartition } from './redis-log-partition';

/** Pauses before looking for a message that is being appended in another room, in milliseconds. An append takes a few. */
const LOOK_MS = [0, 50, 250];
const UNKNOWN: LogLookup = { state: 'unknown' };

/** All partitions of the log. */
export class RedisChatLog implements ChatLog {
  private readonly first: RedisLogPartition;

  /** @param claims undefined with one partition, whose scripts know every id */
  constructor(
    readonly partitions: readonly RedisLogPartition[],
    private readonly numbers: Partitions,
    private readonly claims: Claims | undefined,
  ) {
    this.first = partitions[0] as RedisLogPartition;
  }

  of(room: string): RedisLogPartition {
    return this.partitions.length === 1 ? this.first : (this.numbered(partitionOf(room, this.numbers)) ?? this.first);
  }

  holding(offset: number): RedisLogPartition | undefined {
    return this.partitions.find(({ band }) => isIn(offset, band));
  }

  append(draft: ChatDraft): Promise<Appended> {
    const partition = this.of(draft.room);
    return this.claims ? this.claimAndAppend(draft, partition, this.claims) : partition.append(draft);
  }

  find(id: string, room?: string): Promise<LogLookup> {
    return this.claims ? this.findClaimed(id, room, this.claims) : this.first.find(id);
  }

  async rename(offset: number, to: Authorship): Promise<void> {
    await this.holding(offset)?.rename(offset, to);
  }

  async setFeeling(offset: number, feeling: FeelingChange): Promise<void> {
    await this.holding(offset)?.setFeeling(offset, feeling);
  }

  async erase(offset: number): Promise<void> {
    await this.holding(offset)?.erase(offset);
  }

  get tailAgeMs(): number {
    return Math.max(...this.partitions.map(({ tailAgeMs }) => tailAgeMs));
  }

  async close(): Promise<void> {
    await Promise.all(this.partitions.map((partition) => partition.close()));
  }

  private numbered(number: number): RedisLogPartition | undefined {
    return this.partitions[number - this.numbers.first];
  }

  private async claimAndAppend(draft: ChatDraft, partition: RedisLogPartition, claims: Claims): Promise<Appended> {
    const claimed = (await claims.claim(draft.id, partition.number)) ?? partition.number;
    const other = claimed === partition.number ? undefined : this.numbered(claimed);
    if (!other) return partition.append(draft);
    try {
      for (const pauseMs of LOOK_MS) {
        if (pauseMs > 0) await delay(pauseMs);
        if ((await other.find(draft.id)).state !== 'unknown') return { duplicate: true };
      }
    } catch (error) {
      throw withStored(error, 'no');
    }
    throw new DomainError('CONFLICT', 'This clientMessageId was used in another room.', { field: 'clientMessageId' });
  }

  private async findClaimed(id: string, room: string | undefined, claims: Claims): Promise<LogLookup> {
    const claim = claims.partitionOf(id);
    const likely = room === undefined ? undefined : this.of(room);
    const found = likely ? await likely.find(id) : UNKNOWN;
    if (found.state !== 'unknown') return found;
    const claimed = await claim;
    const other = claimed === undefined || claimed === likely?.number ? undefined : this.numbered(claimed);
    const claimedThere = other ? await other.find(id) : UNKNOWN;
    if (claimedThere.state !== 'unknown' || likely) return claimedThere;
    return this.findAnywhere(id, other);
  }

  /** The first answer of a partition that knows the id. @throws DomainError UNAVAILABLE if none does, and one could not be asked */
  private async findAnywhere(id: string, except: RedisLogPartition | undefined): Promise<LogLookup> {
    const finds = this.partitions.filter((partition) => partition !== except).map((partition) => partition.find(id));
    const known = finds.map(async (find) => {
      const found = await find;
      if (found.state === 'unknown') throw new Error('unknown there');
      return found;
    });
    try {
      return await Promise.any(known);
    } catch {
      await Promise.all(finds);
      return UNKNOWN;
    }
  }
}
