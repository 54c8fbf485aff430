import type { Model } from 'mongoose';
import type { Question } from '../../domain/question';
import type { QuestionStore } from '../../ports/question-store';
import type { QuestionDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

export class MongoQuestionStore implements QuestionStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly questions: Model<QuestionDocument>,
  ) {}

  async add({ id, ...rest }: Question): Promise<void> {
    try {
      await this.gate.run(() => this.questions.insertMany([{ _id: id, ...rest }]));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  async byId(id: string): Promise<Question | undefined> {
    const found = await this.gate.run(() => this.questions.findById(id).lean());
    return found ? fromDocument(found) : undefined;
  }

  async page(room: string, before: Pick<Question, 'askedAt' | 'id'> | undefined, limit: number): Promise<readonly Question[]> {
    if (limit < 1) return [];
    const older = before && {
      $or: [{ askedAt: { $lt: before.askedAt } }, { askedAt: before.askedAt, _id: { $lt: before.id } }],
    };
    const query = this.questions.find({ room, ...older }).sort({ askedAt: -1, _id: -1 });
    return (await this.gate.run(() => query.limit(limit).lean())).map(fromDocument);
  }

  async removeRoom(room: string): Promise<void> {
    await this.gate.run(() => this.questions.deleteMany({ room }));
  }
}

const fromDocument = ({ _id: id, room, text, askedAt }: QuestionDocument): Question => ({ id, room, text, askedAt });
