import type { Model } from 'mongoose';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomChanges } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';
import type { RoomDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** Rooms are never deleted, so they are numbered, and the unique number limits how many there are. */
export class MongoRoomStore implements RoomStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly rooms: Model<RoomDocument>,
  ) {}

  async create({ id, ...rest }: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    for (;;) {
      if (await this.byId(id)) return 'taken';
      const last = await this.gate.run(() => this.rooms.findOne({}, { number: 1 }).sort({ number: -1 }).lean());
      const number = last ? last.number + 1 : 0;
      if (number >= max) return 'full';
      try {
        await this.gate.run(() => this.rooms.insertMany([{ _id: id, number, ...rest }]));
        return 'created';
      } catch (error) {
        // Another process took the id or the number first.
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async byId(id: string): Promise<Room | undefined> {
    const room = await this.gate.run(() => this.rooms.findById(id).lean());
    return room ? fromDocument(room) : undefined;
  }

  async update(id: string, { title, ...changes }: RoomChanges): Promise<Room | undefined> {
    const settings = Object.fromEntries(Object.entries(changes).map(([name, value]) => [`settings.${name}`, value]));
    const room = await this.gate.run(() =>
      this.rooms
        .findByIdAndUpdate(
          id,
          { $set: { ...settings, ...(title !== undefined && { title }) }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean(),
    );
    return room ? fromDocument(room) : undefined;
  }

  async list(): Promise<readonly Room[]> {
    return (await this.gate.run(() => this.rooms.find().sort({ createdAt: 1, number: 1 }).lean())).map(fromDocument);
  }
}

function fromDocument({ _id: id, number: _number, settings, ...rest }: RoomDocument): Room {
  return { id, ...rest, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } };
}
