import { DomainError } from '../domain/errors';
import type { ChatLog } from '../ports/chat-log';

/** Whether the log no longer has the entry with this offset. The oldest entries are trimmed first. */
export async function isTrimmed(log: Pick<ChatLog, 'head' | 'read'>, offset: number): Promise<boolean> {
  if (offset < 1) return true;
  const { epoch } = await log.head();
  try {
    return (await log.read({ epoch, offset: offset - 1 }, 1)) === undefined;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'CURSOR_EXPIRED') return true;
    throw error;
  }
}
