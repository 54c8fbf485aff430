import type { Bus } from '../../ports/bus';
import type { CorrectionStore } from '../../ports/correction-store';
import type { Logger } from '../../ports/logger';
import type { CorrectableScorer } from '../../ports/scorer';
import { FreshRead } from '../../util/fresh-read';
import { pause, repeatUntil } from '../../util/repeat';

/** Announcements may be lost. */
const RELOAD_MS = 60_000;

/** Keeps the scorer of this process at the newest correction. While the store is unavailable the last one stays in use. */
export class CorrectionWatch {
  private readonly stopping = new AbortController();
  private readonly reads = new FreshRead(() => this.load());
  private undo: (() => void)[] = [];

  constructor(
    private readonly corrections: Pick<CorrectionStore, 'latest'>,
    private readonly scorer: CorrectableScorer,
    private readonly bus: Pick<Bus, 'subscribe' | 'onReconnect'>,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const reload = (): Promise<void> => this.reads.get();
    this.undo = [
      this.bus.subscribe(({ type }) => {
        if (type === 'correction-changed') void reload();
      }),
      this.bus.onReconnect(() => void reload()),
    ];
    await reload();
    const { signal } = this.stopping;
    void pause(RELOAD_MS, signal).then(() => repeatUntil(signal, RELOAD_MS, reload, () => undefined));
  }

  stop(): void {
    this.stopping.abort();
    for (const undo of this.undo.splice(0)) undo();
  }

  private async load(): Promise<void> {
    try {
      this.scorer.correctBy(await this.corrections.latest());
    } catch (err) {
      this.logger.warn({ err }, 'the correction of the local model was not loaded; the last one stays in use');
    }
  }
}
