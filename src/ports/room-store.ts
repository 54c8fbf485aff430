import type { Room, RoomChanges } from '../domain/room';

/** @throws DomainError UNAVAILABLE from any method while the store is unreachable and no copy can answer */
export interface RoomStore {
  /**
   * Atomic and durable when resolved. The id of a removed room stays taken.
   * @param max number of rooms, archived ones not counted, from which on the answer is 'full'
   */
  create(room: Room, max: number): Promise<'created' | 'taken' | 'full'>;
  byId(id: string): Promise<Room | undefined>;
  /**
   * Changes what is given, leaves the rest and increases the version. Atomic and durable when resolved: of two concurrent
   * changes of different parts both are kept.
   * @returns the changed room; undefined if there is none
   */
  update(id: string, changes: RoomChanges): Promise<Room | undefined>;
  /** Removes the room for good. Durable when resolved. Removing it again changes nothing. */
  remove(id: string): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly Room[]>;
  /** Ids of removed rooms, in order. */
  removedIds(): Promise<readonly string[]>;
}
