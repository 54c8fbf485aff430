import type { ModelCorrection } from '../../domain/model-correction';
import type { Bus } from '../../ports/bus';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { CorrectionStore } from '../../ports/correction-store';
import type { Lease } from '../../ports/lease';
import type { Logger } from '../../ports/logger';
import type { RoomStore } from '../../ports/room-store';
import type { CorrectionFitter } from '../../ports/scorer';
import { readSaidNotes } from './said-notes';

export interface LearningDeps {
  readonly rooms: Pick<RoomStore, 'list'>;
  readonly chats: Pick<ChatStore, 'inOrder' | 'highestOffset'>;
  readonly corrections: CorrectionStore;
  /** Loads the model at the first call. */
  readonly fitter: () => CorrectionFitter;
  /** Generation of the model. */
  readonly generation: number;
  readonly lease: Lease;
  /** Names this process to the lease. */
  readonly holder: string;
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'publish'>;
  readonly logger: Logger;
  /** Whether corrections are fitted; otherwise one that exists is removed. */
  readonly learns: boolean;
}

const DAY_MS = 86_400_000;
const LEASE = 'learning';
const LEASE_TTL_MS = 10 * 60_000;

/**
 * Fits a correction of the local model once a day from the messages with a said feeling that exist at that moment. Each fit begins with
 * the model alone, so a message that was taken back counts no more from the next fit on. Of several workers one fits.
 */
export class Learning {
  constructor(private readonly deps: LearningDeps) {}

  /** @throws DomainError UNAVAILABLE; the next run tries again */
  async run(signal: AbortSignal): Promise<void> {
    const { corrections, lease, holder } = this.deps;
    if (!this.isDue(await corrections.latest())) return;
    if (!(await lease.acquire(LEASE, holder, LEASE_TTL_MS))) return;
    try {
      const latest = await corrections.latest();
      if (this.isDue(latest)) await this.fit((latest?.version ?? 0) + 1, signal);
    } finally {
      await lease.release(LEASE, holder);
    }
  }

  private isDue(latest: ModelCorrection | undefined): boolean {
    const { learns, generation, clock } = this.deps;
    if (!learns) return latest !== undefined && latest.weights !== null;
    return latest?.generation !== generation || clock.now() - latest.fittedAt >= DAY_MS;
  }

  private async fit(version: number, signal: AbortSignal): Promise<void> {
    const { rooms, chats, corrections, fitter, generation, clock, bus, logger, learns } = this.deps;
    const fittedAt = clock.now();
    const notes = learns ? await readSaidNotes(await rooms.list(), chats, signal) : [];
    const weights = notes.length > 0 ? await fitter().fit(notes, version, signal) : null;
    if (!(await corrections.replace({ version, generation, fittedAt, weights }))) return;
    bus.publish({ type: 'correction-changed' });
    logger.info({ version, notes: notes.length, corrected: weights !== null }, 'the correction of the local model was renewed');
  }
}
