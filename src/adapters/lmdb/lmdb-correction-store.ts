import type { ModelCorrection } from '../../domain/model-correction';
import type { CorrectionStore } from '../../ports/correction-store';
import type { Environment } from './environment';
import type { Table } from './table';

const KEY = 'latest';

export class LmdbCorrectionStore implements CorrectionStore {
  constructor(
    private readonly env: Environment,
    private readonly corrections: Table<ModelCorrection, string>,
  ) {}

  latest(): Promise<ModelCorrection | undefined> {
    return this.env.read(() => this.corrections.getIntact(KEY));
  }

  replace(correction: ModelCorrection): Promise<boolean> {
    return this.env.write(() => {
      if ((this.corrections.getIntact(KEY)?.version ?? 0) >= correction.version) return false;
      this.corrections.put(KEY, correction);
      return true;
    });
  }
}
