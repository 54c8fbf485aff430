import type { Model } from 'mongoose';
import type { Locale } from '../../domain/locale';
import type { PushProgress, PushStore, PushSubscription, PushTarget, VapidKeys } from '../../ports/push-store';
import { isDuplicate, type MongoGate } from './mongo-gate';
import type { PushKeysDocument, PushSubscriptionDocument } from './push-documents';

/** The id of the only document of the keys. */
const KEYS = 'vapid';

export class MongoPushStore implements PushStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly subscriptions: Model<PushSubscriptionDocument>,
    private readonly keys: Model<PushKeysDocument>,
  ) {}

  async vapidKeys(made: VapidKeys): Promise<VapidKeys> {
    const stored = await this.gate.run(() => this.keys.findById(KEYS).lean());
    if (stored) return { publicKey: stored.publicKey, privateKey: stored.privateKey };
    try {
      await this.gate.run(() => this.keys.insertMany([{ _id: KEYS, ...made }]));
      return made;
    } catch (error) {
      // Another process has stored its keys at the same time.
      if (isDuplicate(error)) return this.vapidKeys(made);
      throw error;
    }
  }

  async subscribe(
    { endpoint, p256dh, auth }: PushTarget,
    { userId, locale }: { readonly userId: string; readonly locale: Locale },
    room: string,
    now: number,
  ): Promise<void> {
    const keys = { p256dh, auth, locale };
    for (;;) {
      const { matchedCount } = await this.gate.run(() =>
        this.subscriptions.updateOne({ _id: endpoint, userId }, { $set: keys, $addToSet: { rooms: room } }),
      );
      if (matchedCount === 1) return;
      await this.gate.run(() => this.subscriptions.deleteOne({ _id: endpoint, userId: { $ne: userId } }));
      try {
        const fresh = { rooms: [room], doneUntil: now, sentAt: 0, dueAt: 0, failures: 0 };
        await this.gate.run(() => this.subscriptions.insertMany([{ _id: endpoint, ...keys, userId, ...fresh }]));
        return;
      } catch (error) {
        // Another request has subscribed the endpoint at the same time.
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async unsubscribe(userId: string, endpoint: string): Promise<boolean> {
    return (await this.gate.run(() => this.subscriptions.deleteOne({ _id: endpoint, userId }))).deletedCount === 1;
  }

  async forget(endpoint: string): Promise<void> {
    await this.gate.run(() => this.subscriptions.deleteOne({ _id: endpoint }));
  }

  async removeOf(userId: string, room?: string): Promise<void> {
    if (room === undefined) await this.gate.run(() => this.subscriptions.deleteMany({ userId }));
    else await this.leave({ userId, rooms: room }, room);
  }

  async removeRoom(room: string): Promise<void> {
    await this.leave({ rooms: room }, room);
  }

  async rooms(): Promise<readonly string[]> {
    return this.gate.run(() => this.subscriptions.distinct('rooms'));
  }

  async pending(room: string, windowEnd: number, now: number, limit: number): Promise<readonly PushSubscription[]> {
    const filter = { rooms: room, doneUntil: { $lt: windowEnd }, dueAt: { $lte: now } };
    const found = await this.gate.run(() => this.subscriptions.find(filter).limit(limit).lean());
    return found.map(({ _id: endpoint, ...rest }) => ({ endpoint, ...rest }));
  }

  async nextDue(room: string, windowEnd: number): Promise<number | undefined> {
    const filter = { rooms: room, doneUntil: { $lt: windowEnd } };
    const [first] = await this.gate.run(() => this.subscriptions.find(filter).sort({ dueAt: 1 }).limit(1).lean());
    return first?.dueAt;
  }

  async settle(endpoint: string, userId: string, progress: PushProgress): Promise<void> {
    await this.gate.run(() => this.subscriptions.updateOne({ _id: endpoint, userId }, { $set: progress }));
  }

  private async leave(filter: { readonly userId?: string; readonly rooms: string }, room: string): Promise<void> {
    await this.gate.run(() => this.subscriptions.updateMany(filter, { $pull: { rooms: room } }));
    await this.gate.run(() => this.subscriptions.deleteMany({ rooms: { $size: 0 } }));
  }
}
