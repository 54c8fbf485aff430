import type { Model } from 'mongoose';
import type { ModelCorrection } from '../../domain/model-correction';
import type { CorrectionStore } from '../../ports/correction-store';
import type { CorrectionDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

const ID = 'latest';

export class MongoCorrectionStore implements CorrectionStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly corrections: Model<CorrectionDocument>,
  ) {}

  async latest(): Promise<ModelCorrection | undefined> {
    const found = await this.gate.run(() => this.corrections.findById(ID).lean());
    if (!found) return undefined;
    const { version, generation, fittedAt, weights } = found;
    return { version, generation, fittedAt, weights: weights === null ? null : Buffer.from(weights, 'base64') };
  }

  async replace({ weights, ...rest }: ModelCorrection): Promise<boolean> {
    const fields = { ...rest, weights: weights === null ? null : Buffer.from(weights).toString('base64') };
    try {
      return await this.update(fields, true);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The stored one is newer, or another process has just stored the first one.
      return this.update(fields, false);
    }
  }

  private async update(fields: Omit<CorrectionDocument, '_id'>, upsert: boolean): Promise<boolean> {
    const older = { _id: ID, version: { $lt: fields.version } };
    const { matchedCount, upsertedCount } = await this.gate.run(() =>
      this.corrections.updateOne(older, { $set: fields }, { upsert }),
    );
    return matchedCount + upsertedCount > 0;
  }
}
