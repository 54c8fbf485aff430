import type { Installation } from './installation';

export interface WriterLease {
  readonly _id: string;
  readonly holder: string;
  readonly fence: number;
  /** By the clock of MongoDB. */
  readonly endsAt: number;
}

/** The leases that a worker has, one for each partition. */
export async function writerLeases(on: Installation): Promise<WriterLease[]> {
  const leases = await on.collection('leases').find().toArray();
  return leases
    .map(({ _id, holder, fence, endsAt }) => ({
      _id: String(_id),
      holder: String(holder),
      fence: Number(fence),
      endsAt: Number(endsAt),
    }))
    .filter(({ _id, endsAt }) => /^batch-writer(-\d+)?$/.test(_id) && endsAt > 0);
}

/** Numbers of the partitions whose lease has got another holder since. */
export function movedSince(before: readonly WriterLease[], now: readonly WriterLease[]): ReadonlySet<number> {
  const fences = new Map(before.map(({ _id, fence }) => [_id, fence]));
  const moved = now.filter(({ _id, fence }) => fence > (fences.get(_id) ?? 0));
  // The lease of partition 0 has no number.
  return new Set(moved.map(({ _id }) => Number(/\d+$/.exec(_id)?.[0] ?? 0)));
}

/** How many leases each holder has, the most first. */
export function shares(leases: readonly WriterLease[]): number[] {
  const counts = new Map<string, number>();
  for (const { holder } of leases) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}
