import type { Chat } from '../../src/domain/chat';
import { isIn, partitionOf, type Partitions } from '../../src/domain/partition';
import type { ChatLog } from '../../src/ports/chat-log';
import { chatOf, MemoryLog } from './memory-log';

/** A log in memory with several partitions, each of which a test controls. */
export class PartitionedLog implements Pick<ChatLog, 'of' | 'partitions' | 'holding' | 'erase'> {
  readonly partitions: readonly MemoryLog[];

  constructor(private readonly numbers: Partitions) {
    this.partitions = Array.from({ length: numbers.count }, (_, i) => new MemoryLog(numbers.first + i, numbers));
  }

  of(room: string): MemoryLog {
    return this.partitions[partitionOf(room, this.numbers) - this.numbers.first] as MemoryLog;
  }

  holding(offset: number): MemoryLog | undefined {
    return this.partitions.find(({ band }) => isIn(offset, band));
  }

  async erase(offset: number): Promise<void> {
    await this.holding(offset)?.erase(offset);
  }

  put(room: string, authorId: string, sentAt: number): Chat {
    const log = this.of(room);
    const { offset } = log.top;
    const chat: Chat = { ...chatOf(log.epoch, offset + 1, room, `${room} at ${sentAt}`), authorId, sentAt };
    log.add([chat]);
    return chat;
  }

  /** A room of each partition, in their order. */
  rooms(): string[] {
    return this.partitions.map((log) => {
      for (let i = 0; ; i++) if (this.of(`room-${i}`) === log) return `room-${i}`;
    });
  }
}
