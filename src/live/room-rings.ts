import { RoomRing } from './room-ring';

/** The rings of the rooms that a process follows, in all partitions: a room may use the memory that those of other partitions leave. */
export class RoomRings {
  /** By room, the least recently used first. */
  private readonly rings = new Map<string, RoomRing>();
  /** Size of all rings. */
  private bytes = 0;

  /** @param maxBytes limit of all rings together, in bytes (estimated by room-ring) */
  constructor(readonly maxBytes: number) {}

  get(room: string): RoomRing | undefined {
    return this.rings.get(room);
  }

  /** The ring of the room, which is now the one used last. @param from where it begins if there is none */
  use(room: string, from: number): RoomRing {
    const ring = this.rings.get(room) ?? new RoomRing(from);
    this.rings.delete(room);
    this.rings.set(room, ring);
    return ring;
  }

  /** Puts an empty ring in place of the room's, so that the results of reads under way are discarded. */
  renew(room: string, from: number): void {
    this.bytes -= this.rings.get(room)?.bytes ?? 0;
    this.rings.set(room, new RoomRing(from));
  }

  remove(room: string): void {
    this.bytes -= this.rings.get(room)?.bytes ?? 0;
    this.rings.delete(room);
  }

  change(ring: RoomRing, by: (ring: RoomRing) => void): void {
    const before = ring.bytes;
    by(ring);
    this.bytes += ring.bytes - before;
  }

  /** Empties the rings in order of last use until they are within the limit. A ring that exceeds it alone is halved. */
  evictLeastRecentlyUsed(): void {
    for (const ring of this.rings.values()) {
      if (this.bytes <= this.maxBytes) return;
      this.change(ring, () => {
        ring.keepNewest(ring.bytes < this.bytes ? 0 : ring.size >> 1);
      });
    }
  }
}
