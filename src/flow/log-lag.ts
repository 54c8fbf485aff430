import type { ChatLog, LogPartition } from '../ports/chat-log';

/** Whether the message at this offset is in the store. @throws DomainError UNAVAILABLE */
export async function isCommitted(log: Pick<ChatLog, 'holding'>, offset: number): Promise<boolean> {
  const partition = log.holding(offset);
  return !partition || (await partition.committed()) >= offset;
}

/** Number of messages in the log that are not yet in the store. @throws DomainError UNAVAILABLE */
export async function unflushedCount({ partitions }: Pick<ChatLog, 'partitions'>): Promise<number> {
  const counts = await Promise.all(
    partitions.map(async (log) => Math.max(0, (await log.head()).offset - (await log.committed()))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Age of the oldest message that is not yet in the store, in milliseconds; 0 if there is none. @throws DomainError UNAVAILABLE */
export const oldestUnflushedMs = async ({ partitions }: Pick<ChatLog, 'partitions'>): Promise<number> =>
  Math.max(...(await Promise.all(partitions.map((log) => oldestMs(log)))));

async function oldestMs(log: LogPartition): Promise<number> {
  const { epoch, offset: head } = await log.head();
  const offset = await log.committed();
  const [oldest] = offset < head ? ((await log.read({ epoch, offset }, 1)) ?? []) : [];
  return oldest ? Math.max(0, (await log.watermark()) - oldest.sentAt) : 0;
}
