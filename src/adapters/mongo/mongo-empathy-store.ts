import { hash } from 'node:crypto';
import type { Model } from 'mongoose';
import { isWithout, NO_EMPATHIES, recount, type Empathy, type EmpathyCounts } from '../../domain/empathy';
import { DomainError } from '../../domain/errors';
import type { EmpathyStore, Press, PressOutcome } from '../../ports/empathy-store';
import { KeyedBatches } from '../../util/keyed-batches';
import type { EmpathyDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** Persons in the first document of a message: some 15 KB. */
const FIRST_MAX = 256;
const OVERFLOW_DOCUMENTS = 64;
/** Presses of this process that wait for their write: some megabytes. */
const WAITING_MAX = 10_000;

/** A person and the empathy that is to be stored. */
interface Wish {
  readonly user: string;
  readonly empathy: Empathy | null;
}

/**
 * One document for each message, and MongoDB's atomicity of one document. A change reads the document and writes it back if its
 * version is still the one that was read. Presses for one message that arrive during a write share the next one.
 *
 * When the first document has had FIRST_MAX persons it is `full` for good: whoever is not in it then has one of the overflow
 * documents, chosen by a hash of the person. So a person is never in two documents, whichever process asks.
 */
export class MongoEmpathyStore implements EmpathyStore {
  private readonly batches = new KeyedBatches<Wish, PressOutcome>((chatId, wishes) => this.apply(chatId, wishes), WAITING_MAX);

  constructor(
    private readonly gate: MongoGate,
    private readonly documents: Model<EmpathyDocument>,
  ) {}

  set(chatId: string, user: string, empathy: Empathy | null): Promise<PressOutcome> {
    if (this.batches.isFull) {
      const message = 'Too many empathies wait for the store. Please try again.';
      return Promise.reject(new DomainError('UNAVAILABLE', message, { retryAfter: 1, stored: 'no' }));
    }
    return this.batches.add(chatId, { user, empathy });
  }

  async counts(chatIds: readonly string[]): Promise<ReadonlyMap<string, EmpathyCounts>> {
    const found = await this.find(chatIds, { counts: 1, full: 1 });
    const counts = new Map<string, EmpathyCounts>();
    for (const { _id, counts: more } of found) counts.set(chatOf(_id), add(counts.get(chatOf(_id)) ?? NO_EMPATHIES, more));
    for (const [id, sum] of counts) if (isWithout(sum)) counts.delete(id);
    return counts;
  }

  async of(userId: string, chatIds: readonly string[]): Promise<ReadonlyMap<string, Empathy>> {
    if (chatIds.length === 0) return new Map();
    const ids = chatIds.flatMap((id) => [id, overflowOf(id, userId)]);
    const found = await this.gate.run(() =>
      this.documents.find({ _id: { $in: ids }, 'presses.user': userId }, { presses: { $elemMatch: { user: userId } } }).lean(),
    );
    return new Map(found.flatMap(({ _id, presses }) => presses.map(({ empathy }): [string, Empathy] => [chatOf(_id), empathy])));
  }

  async presses(chatIds: readonly string[]): Promise<ReadonlyMap<string, readonly Press[]>> {
    const presses = new Map<string, Press[]>();
    for (const document of await this.find(chatIds, { presses: 1, full: 1 })) {
      const id = chatOf(document._id);
      const more = document.presses.map(({ user: userId, empathy }) => ({ userId, empathy }));
      if (more.length > 0) presses.set(id, [...(presses.get(id) ?? []), ...more]);
    }
    return presses;
  }

  async removeNote(chatId: string): Promise<void> {
    await this.gate.run(() => this.documents.deleteMany({ _id: { $in: [chatId, ...allOverflowsOf(chatId)] } }));
  }

  async removeUser(userId: string, limit: number): Promise<readonly string[]> {
    const found = await this.gate.run(() => this.documents.find({ 'presses.user': userId }, { _id: 1 }).limit(limit).lean());
    for (const { _id } of found) await this.change(_id, [{ user: userId, empathy: null }]);
    return found.map(({ _id }) => chatOf(_id));
  }

  private async apply(chatId: string, wishes: readonly Wish[]): Promise<readonly PressOutcome[]> {
    const first = await this.change(chatId, wishes);
    if (first.left.size === 0 && !first.full)
      return wishes.map((wish) => ({ changed: first.changed.has(wish), counts: first.counts }));

    const groups = new Map<string, Wish[]>();
    for (const wish of first.left) {
      const id = overflowOf(chatId, wish.user);
      groups.set(id, [...(groups.get(id) ?? []), wish]);
    }
    const rest = await Promise.all([...groups].map(([id, group]) => this.change(id, group)));
    const changed = new Set([first, ...rest].flatMap((part) => [...part.changed]));
    const counts = (await this.counts([chatId])).get(chatId) ?? NO_EMPATHIES;
    return wishes.map((wish) => ({ changed: changed.has(wish), counts }));
  }

  /** Ends, because a document that does not match was changed by another process, which has made progress. */
  private async change(id: string, wishes: readonly Wish[]): Promise<Changes> {
    for (;;) {
      const before = await this.gate.run(() => this.documents.findById(id).lean());
      const changes = changesOf(before ?? emptyDocument(id), wishes);
      if (changes.changed.size === 0 || (await this.replace(before, changes))) return changes;
    }
  }

  /** @returns false if the document has changed since it was read */
  private async replace(before: EmpathyDocument | null, { document: { _id, ...fields } }: Changes): Promise<boolean> {
    if (before) {
      const filter = { _id, version: before.version };
      return (await this.gate.run(() => this.documents.updateOne(filter, { $set: fields }))).matchedCount === 1;
    }
    try {
      await this.gate.run(() => this.documents.insertMany([{ _id, ...fields }]));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** All documents of the messages. Those that overflow, which are few, need a second read. */
  private async find(chatIds: readonly string[], fields: object): Promise<EmpathyDocument[]> {
    if (chatIds.length === 0) return [];
    const read = (ids: readonly string[]) => this.gate.run(() => this.documents.find({ _id: { $in: [...ids] } }, fields).lean());
    const first = await read(chatIds);
    const overflows = first.filter(({ full }) => full).flatMap(({ _id }) => allOverflowsOf(_id));
    return overflows.length === 0 ? first : [...first, ...(await read(overflows))];
  }
}

interface Changes {
  readonly document: EmpathyDocument;
  readonly changed: ReadonlySet<Wish>;
  /** Wishes of persons who belong into an overflow document. */
  readonly left: ReadonlySet<Wish>;
  readonly counts: EmpathyCounts;
  readonly full: boolean;
}

function changesOf(before: EmpathyDocument, wishes: readonly Wish[]): Changes {
  const presses = new Map(before.presses.map(({ user, empathy }) => [user, empathy]));
  const changed = new Set<Wish>();
  const left = new Set<Wish>();
  let counts: EmpathyCounts = before.counts;
  let { full } = before;
  for (const wish of wishes) {
    const { user, empathy } = wish;
    const old = presses.get(user) ?? null;
    if (old === null && full) left.add(wish);
    if (old === empathy || (old === null && full)) continue;
    changed.add(wish);
    counts = recount(counts, old, empathy);
    if (empathy) presses.set(user, empathy);
    else presses.delete(user);
    full ||= isFirst(before) && presses.size >= FIRST_MAX;
  }
  const document: EmpathyDocument = {
    _id: before._id,
    presses: [...presses].map(([user, empathy]) => ({ user, empathy })),
    counts: [...counts],
    full,
    version: before.version + 1,
  };
  return { document, changed, left, counts, full };
}

const emptyDocument = (_id: string): EmpathyDocument => ({
  _id,
  presses: [],
  counts: [...NO_EMPATHIES],
  full: false,
  version: 0,
});

/** Ids of messages have no colon. */
const overflowId = (chatId: string, number: number): string => `${chatId}:${number}`;
const chatOf = (id: string): string => id.split(':')[0] ?? id;
const isFirst = ({ _id }: EmpathyDocument): boolean => !_id.includes(':');

const overflowOf = (chatId: string, user: string): string =>
  overflowId(chatId, hash('sha256', user, 'buffer').readUInt32LE() % OVERFLOW_DOCUMENTS);

const allOverflowsOf = (chatId: string): string[] =>
  Array.from({ length: OVERFLOW_DOCUMENTS }, (_, number) => overflowId(chatId, number));

const add = (a: EmpathyCounts, b: EmpathyCounts): EmpathyCounts => a.map((count, i) => count + (b[i] ?? 0));
