/**
 * The partitions of the log of an installation. Their numbers are contiguous. An installation that changes the number of its partitions
 * gets new ones with higher numbers, so the offsets of a room never decrease.
 */
export interface Partitions {
  readonly first: number;
  readonly count: number;
}

/** The embedded engine, and installations that never asked for more. */
export const ONE_PARTITION: Partitions = { first: 0, count: 1 };

/** Offsets of one partition: 8,000 partitions of a million million messages each are exact in a double. */
const OFFSETS = 2 ** 40;
/** Numbers that partitions may have. */
export const PARTITION_NUMBERS = 2 ** 13;

/** The offsets of a partition: those above `base`, up to and including `last`. */
export interface OffsetBand {
  readonly base: number;
  readonly last: number;
}

/** The last partition has no limit above, so that one partition may go on behind the offsets of any earlier ones. */
export const bandOf = (number: number, { first, count }: Partitions): OffsetBand => ({
  base: number * OFFSETS,
  last: number === first + count - 1 ? Number.MAX_SAFE_INTEGER : (number + 1) * OFFSETS,
});

export const isIn = (offset: number, { base, last }: OffsetBand): boolean => offset > base && offset <= last;

/** The band as a range of offsets, whose ends are exclusive. No number is above the last offset of a band without a limit. */
export const rangeOf = ({ base, last }: OffsetBand): { readonly after: number; readonly before?: number } => ({
  after: base,
  ...(last < Number.MAX_SAFE_INTEGER && { before: last + 1 }),
});

/** Number of the partition of a room: its FNV-1a hash modulo the number of partitions. */
export function partitionOf(room: string, { first, count }: Partitions): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < room.length; i++) hash = Math.imul(hash ^ room.charCodeAt(i), 0x01000193);
  return first + ((hash >>> 0) % count);
}

/** The number of the partition that gave out the offset, if every partition has a limit above. */
export const numberOf = (offset: number): number => firstAbove(offset) - 1;

/** The band of that number: within it, a higher offset was never sent earlier, whatever partitions there are now. */
export const bandWith = (offset: number): OffsetBand => bandOf(numberOf(offset), { first: 0, count: PARTITION_NUMBERS });

/** Number of partitions of a new installation that asks for none. */
export const defaultCount = (redisServers: number): number => (redisServers > 1 ? 16 : 1);

/** The first number for new partitions whose offsets are all above this one. */
export const firstAbove = (offset: number): number => Math.ceil(offset / OFFSETS);
