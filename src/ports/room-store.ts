import type { Room, RoomSettings } from '../domain/room';

/** @throws DomainError UNAVAILABLE while the store cannot be reached and the answer is not known otherwise */
export interface RoomStore {
  /** Atomic. Nothing is stored unless 'created'. `max` bounds the number of rooms. Durable when resolved. */
  create(room: Room, max: number): Promise<'created' | 'taken' | 'full'>;
  byId(id: string): Promise<Room | undefined>;
  /** Durable when resolved. @returns the room as it is now; undefined if there is none */
  update(id: string, settings: RoomSettings): Promise<Room | undefined>;
  /** Oldest first. */
  list(): Promise<readonly Room[]>;
}
