import type { Model } from 'mongoose';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomChanges } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';
import type { RoomDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/**
 * Rooms have numbers, and the unique number limits how many there are: a new one takes the lowest free number from 0. Archived and
 * removed rooms do not count, so they have negative numbers.
 */
export class MongoRoomStore implements RoomStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly rooms: Model<RoomDocument>,
  ) {}

  async create({ id, ...rest }: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    for (;;) {
      if (await this.gate.run(() => this.rooms.exists({ _id: id }))) return 'taken';
      const number = await this.freeNumber(max);
      if (number === undefined) return 'full';
      // Another process may take the id or the number first.
      if (await unlessTaken(this.gate.run(() => this.rooms.insertMany([{ _id: id, number, ...rest }])))) return 'created';
    }
  }

  async byId(id: string): Promise<Room | undefined> {
    const room = await this.gate.run(() => this.rooms.findOne({ _id: id, removed: null }).lean());
    return room ? fromDocument(room) : undefined;
  }

  async update(id: string, { title, ...changes }: RoomChanges): Promise<Room | undefined> {
    const settings = Object.fromEntries(Object.entries(changes).map(([name, value]) => [`settings.${name}`, value]));
    const { archived } = changes;
    for (;;) {
      const number = archived === undefined ? undefined : await this.numberFor(id, archived);
      const $set = { ...settings, ...(title !== undefined && { title }), ...(number !== undefined && { number }) };
      const update = { $set, $inc: { version: 1 } };
      let room: RoomDocument | null | undefined;
      const done = this.gate.run(() =>
        this.rooms.findOneAndUpdate({ _id: id, removed: null }, update, { returnDocument: 'after' }).lean(),
      );
      if (await unlessTaken(done.then((found) => (room = found)))) return room ? fromDocument(room) : undefined;
    }
  }

  async remove(id: string): Promise<void> {
    const left = { $set: { removed: true as const, title: '-' }, $unset: { settings: 1, version: 1 } };
    for (;;) {
      const number = await this.lowestNumber();
      const done = this.gate.run(() =>
        this.rooms.updateOne({ _id: id, removed: null }, { ...left, $set: { ...left.$set, number } }),
      );
      if (await unlessTaken(done)) return;
    }
  }

  async list(): Promise<readonly Room[]> {
    return (await this.gate.run(() => this.rooms.find({ removed: null }).sort({ createdAt: 1, number: 1 }).lean())).map(
      fromDocument,
    );
  }

  async removedIds(): Promise<readonly string[]> {
    const found = await this.gate.run(() => this.rooms.find({ removed: true }, { _id: 1 }).sort({ _id: 1 }).lean());
    return found.map(({ _id }) => _id);
  }

  /** @returns undefined if as many rooms as `max` have numbers from 0 */
  private async freeNumber(max: number): Promise<number | undefined> {
    const open = await this.gate.run(() =>
      this.rooms
        .find({ number: { $gte: 0 } }, { number: 1 })
        .sort({ number: 1 })
        .lean(),
    );
    if (open.length >= max) return undefined;
    const gap = open.findIndex(({ number }, i) => number !== i);
    return gap < 0 ? open.length : gap;
  }

  private async lowestNumber(): Promise<number> {
    const lowest = await this.gate.run(() =>
      this.rooms
        .findOne({ number: { $lt: 0 } }, { number: 1 })
        .sort({ number: 1 })
        .lean(),
    );
    return (lowest?.number ?? 0) - 1;
  }

  /** @returns undefined if the room keeps its number */
  private async numberFor(id: string, archived: boolean): Promise<number | undefined> {
    const room = await this.gate.run(() => this.rooms.findById(id, { number: 1 }).lean());
    if (!room || archived === room.number < 0) return undefined;
    return archived ? this.lowestNumber() : this.freeNumber(Infinity);
  }
}

/** @returns false if the number or the id is taken */
async function unlessTaken(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

function fromDocument({ _id: id, number: _number, removed: _removed, settings, ...rest }: RoomDocument): Room {
  return { id, ...rest, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } };
}
