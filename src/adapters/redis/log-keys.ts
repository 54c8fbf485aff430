/**
 * The keys of one partition of the log. The braces make them share a slot of a Redis Cluster.
 *
 *   state   hash: epoch; start (offset before the epoch's first entry); stored (highest offset in the store when it began); doubt
 *           (ms since 1970, see Generation.doubtUntil); offset, sentAt (of the newest entry); committed, fence; run (the run of
 *           the Redis server for which all this was found to be whole)
 *   log     stream: entries `<offset>-0` of the current epoch, with i (id), e (epoch), t (sentAt), c (the rest, see log-codec)
 *   tombs   hash: offset -> an entry that was hidden or renamed, see log-codec
 *   settle  hash: run, until, seen: while processes report how far they have seen, after Redis came back
 *   id:<id> offset of a message. Without an end while the message is in the log; afterwards until the idempotency window ends.
 */
export interface LogKeys {
  readonly state: string;
  readonly log: string;
  readonly tombs: string;
  readonly settle: string;
  readonly idPrefix: string;
}

export const logKeys = (partition: number): LogKeys => {
  const prefix = `jb:{log${partition}}:`;
  return {
    state: `${prefix}state`,
    log: `${prefix}entries`,
    tombs: `${prefix}tombs`,
    settle: `${prefix}settle`,
    idPrefix: `${prefix}id:`,
  };
};
