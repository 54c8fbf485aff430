import type { ChatLog } from '../ports/chat-log';

/** Number of messages in the log that are not yet in the store. */
export const unflushedCount = async (log: Pick<ChatLog, 'head' | 'committed'>): Promise<number> =>
  Math.max(0, (await log.head()).offset - (await log.committed()));

/** Age of the oldest message that is not yet in the store, in milliseconds; 0 if there is none. */
export async function oldestUnflushedMs(log: Pick<ChatLog, 'head' | 'committed' | 'read' | 'watermark'>): Promise<number> {
  const { epoch, offset: head } = await log.head();
  const offset = await log.committed();
  const [oldest] = offset < head ? ((await log.read({ epoch, offset }, 1)) ?? []) : [];
  return oldest ? Math.max(0, (await log.watermark()) - oldest.sentAt) : 0;
}
