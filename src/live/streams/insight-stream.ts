import type { Insight } from '../../domain/insight';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { LiveHub } from '../hub';

export interface InsightStreamOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  readonly loadInsight: (id: string) => Promise<Insight | undefined>;
  readonly logger: Logger;
}

/** Serves insightReady: publishes each scheduled insight that the bus announces. @returns a function that stops it */
export function streamInsights({ hub, bus, loadInsight, logger }: InsightStreamOptions): () => void {
  return bus.subscribe((event) => {
    if (event.type !== 'insight' || !hub.hasSubscribers('insightReady', event.room)) return;
    loadInsight(event.insightId).then(
      (insight) => {
        if (insight?.scheduled) hub.publish('insightReady', insight.room, insight);
      },
      (err: unknown) => {
        logger.warn({ err, insightId: event.insightId }, 'insight could not be read; insightReady was not sent for it');
      },
    );
  });
}
