import type { ChatLog, LogPartition } from '../../src/ports/chat-log';

/** A log that is this partition. */
export const onePartition = <T extends Pick<LogPartition, keyof T & keyof LogPartition>>(
  partition: T,
): Pick<ChatLog, 'of' | 'holding' | 'partitions'> => {
  const log = partition as unknown as LogPartition;
  return { partitions: [log], of: () => log, holding: () => log };
};
