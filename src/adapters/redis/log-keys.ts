/**
 * The keys of one partition of the log. The braces put them into one slot of a Redis Cluster.
 *
 *   state     hash: epoch; start (offset before the epoch's first entry); stored (highest offset in the store when it began); doubt
 *             (ms since 1970, see Generation.idsIncompleteUntil); offset, sentAt (of the newest entry); committed; fence (highest
 *             fencing number of a commit); trimmed (highest offset trimmed); run (of the Redis server for which the log was last
 *             found whole); published (offset of the newest entry that an append published), unpublished (see gap in log-messages)
 *   entries   stream: entries `<offset>-0` of the current epoch, with i (id), e (epoch), t (sentAt), c (the rest, see log-codec)
 *   changed   hash: offset -> an entry that was erased (tombstone) or renamed (override), see log-codec. It is not in the stream.
 *   reports   hash: run, until, seen, witness: while processes report after a restart of Redis, the highest offset that any of them has
 *             seen, and 1 if one of them had followed the log before
 *   id:<id>   offset of a message. Does not expire while the message is in the log; afterwards when the idempotency window ends.
 */
export interface LogKeys {
  /** Of all keys of the partition. */
  readonly prefix: string;
  readonly state: string;
  readonly entries: string;
  readonly changed: string;
  readonly reports: string;
  readonly idPrefix: string;
}

/** @param partition `*` for the keys of all partitions */
export const logKeys = (partition: number | '*'): LogKeys => {
  const prefix = `jb:{log${partition}}:`;
  return {
    prefix,
    state: `${prefix}state`,
    entries: `${prefix}entries`,
    changed: `${prefix}tombs`,
    reports: `${prefix}settle`,
    idPrefix: `${prefix}id:`,
  };
};
