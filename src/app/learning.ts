import { GENERATION, loadLocalModel, type LocalModel } from '../adapters/local-model/local-model';
import { CorrectionWatch } from '../insights/learning/correction-watch';
import { Learning } from '../insights/learning/learning';
import type { Base } from './base';
import { repeatWork } from './repeat-work';

const CHECK_MS = 10 * 60_000;

/** The local model of this process, loaded at the first call. */
export function localModelOnce(): () => LocalModel {
  let model: LocalModel | undefined;
  return () => (model ??= loadLocalModel());
}

/** The role api: the local model, which follows the corrections. */
export async function openCorrectedModel({ engine, logger, releasers }: Base, model: LocalModel): Promise<LocalModel> {
  const watch = new CorrectionWatch(engine.correctionStore, model, engine.bus, logger.child({ part: 'learning' }));
  await watch.start();
  releasers.push('corrections', () => {
    watch.stop();
  });
  return model;
}

/** The role worker: fits the correction of the local model once a day. */
export function openLearning(base: Base, model: () => LocalModel, holder: string): void {
  const { config, engine, clock, logger } = base;
  const learning = new Learning({
    ...{ rooms: engine.roomStore, chats: engine.chatStore, corrections: engine.correctionStore },
    ...{ fitter: model, generation: GENERATION, lease: engine.lease, holder, clock, bus: engine.bus },
    logger: logger.child({ part: 'learning' }),
    learns: config.LEARN_FROM_SAID,
  });
  const failure = 'the correction of the local model was not fitted; trying again';
  repeatWork(base, 'learning', CHECK_MS, (signal) => learning.run(signal), failure);
}
