import { LRUCache } from 'lru-cache';
import type { RoomRole } from '../domain/membership';
import type { Room } from '../domain/room';
import type { Bus } from '../ports/bus';
import type { MembershipStore } from '../ports/membership-store';
import type { Rooms } from './rooms';

/** Roles that are kept in memory, of the accounts that asked last. */
const CACHED_ROLES = 50_000;
/** A role is read again after this time at the latest, in milliseconds, in case an announcement was lost. */
const MAX_AGE_MS = 60_000;

interface KnownRole {
  /** A room with the id of a deleted one was created later. */
  readonly createdAt: number;
  readonly role: RoomRole | undefined;
}

/**
 * The roles of accounts in rooms, from memory. Changes are announced on the bus; all roles are dropped when the bus reconnects. The
 * cache ignores reads that began before a change was announced.
 */
export class Memberships {
  private readonly roles = new LRUCache<string, KnownRole>({ max: CACHED_ROLES, ttl: MAX_AGE_MS });
  /** Number of changes that this process knows of. */
  private changes = 0;

  constructor(
    private readonly store: Pick<MembershipStore, 'find' | 'found'>,
    private readonly rooms: Pick<Rooms, 'founded'>,
    private readonly bus: Bus,
  ) {
    bus.subscribe((event) => {
      if (event.type === 'membership-changed') this.forget(event.room, event.userId);
    });
    bus.onReconnect(() => {
      this.changes++;
      this.roles.clear();
    });
  }

  /** @throws DomainError UNAVAILABLE if the role is not known and the store is unreachable */
  async roleIn(room: Room, userId: string): Promise<RoomRole | undefined> {
    const key = keyOf(room.id, userId);
    const known = this.roles.get(key);
    if (known?.createdAt === room.createdAt) return known.role;
    const { changes } = this;
    const role = await this.read(room, userId);
    if (changes === this.changes) this.roles.set(key, { createdAt: room.createdAt, role });
    return role;
  }

  /** Call it after the store has a change of the membership: every process reads it again. */
  changed(room: string, userId: string): void {
    this.forget(room, userId);
    this.bus.publish({ type: 'membership-changed', room, userId });
  }

  /** Makes the founder of a new room its first host. Safe to repeat: it completes a creation that was interrupted. */
  async completeFounding({ id, createdAt, settings }: Room): Promise<void> {
    if (settings.founder === null) return;
    if (await this.store.found(id, settings.founder, createdAt)) this.changed(id, settings.founder);
    await this.rooms.founded(id);
  }

  private async read(room: Room, userId: string): Promise<RoomRole | undefined> {
    if (room.settings.founder === userId) await this.completeFounding(room);
    return (await this.store.find(room.id, userId))?.role;
  }

  private forget(room: string, userId: string): void {
    this.changes++;
    this.roles.delete(keyOf(room, userId));
  }
}

/** Room ids have no colon. */
const keyOf = (room: string, userId: string): string => `${room}:${userId}`;
