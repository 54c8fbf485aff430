import { isUnavailable, unavailable } from '../domain/errors';
import { auditId } from '../domain/moderation';
import { bandWith, numberOf } from '../domain/partition';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { EmpathyStore } from '../ports/empathy-store';
import type { Lease } from '../ports/lease';
import type { ModerationStore } from '../ports/moderation-store';

export interface RetentionDeps {
  readonly log: Pick<ChatLog, 'partitions' | 'holding' | 'erase'>;
  readonly store: Pick<ChatStore, 'inOrder' | 'erase'>;
  readonly empathies: Pick<EmpathyStore, 'removeNote'>;
  readonly moderation: Pick<ModerationStore, 'retentionOffset' | 'setRetentionOffset' | 'addAuditEntry'>;
  readonly lease: Lease;
  /** Names this process to the lease. */
  readonly holder: string;
  readonly bus: Pick<Bus, 'publish'>;
  /** 0 keeps messages for ever. */
  readonly retentionDays: number;
}

const DAY_MS = 86_400_000;
const PAGE = 100;
/** Messages after which the progress is stored and audited. */
const CHUNK = 10_000;
const LEASE = 'retention';
const LEASE_TTL_MS = 60_000;
const RENEW_AFTER_MS = 20_000;

/**
 * Erases the texts of messages that exceed the retention period, partition by partition, those of partitions that the installation no
 * longer has too. The age is judged by the watermark of the log, which also sets sentAt: the clock of the worker does not matter. One
 * worker at a time holds the lease.
 */
export class Retention {
  constructor(private readonly deps: RetentionDeps) {}

  /** @throws DomainError UNAVAILABLE after the partitions that are available; the next run continues */
  async run(signal: AbortSignal): Promise<void> {
    const { lease, holder, retentionDays } = this.deps;
    if (retentionDays === 0) return;
    const grant = await lease.acquire(LEASE, holder, LEASE_TTL_MS);
    if (!grant) return;
    let renewedAt = performance.now();
    let isHeld = true;
    const mayContinue = async (): Promise<boolean> => {
      if (signal.aborted || !isHeld) return false;
      if (performance.now() - renewedAt < RENEW_AFTER_MS) return true;
      renewedAt = performance.now();
      isHeld = (await lease.acquire(LEASE, holder, LEASE_TTL_MS))?.fence === grant.fence;
      return isHeld;
    };
    try {
      await this.eraseAll(mayContinue);
    } finally {
      await lease.release(LEASE, holder);
    }
  }

  private async eraseAll(mayContinue: () => Promise<boolean>): Promise<void> {
    const { store } = this.deps;
    const failures: unknown[] = [];
    for (let after = 0; ;) {
      const [oldest] = await store.inOrder({ after }, 1);
      if (!oldest) break;
      try {
        while (await this.eraseChunk(oldest.offset, mayContinue)) if (!(await mayContinue())) return;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        failures.push(error);
      }
      if (!(await mayContinue())) break;
      after = bandWith(oldest.offset).last;
    }
    if (failures.length > 0) throw failures[0];
  }

  /**
   * @param first any offset of the partition
   * @returns whether more messages of the partition may exceed the retention period
   */
  private async eraseChunk(first: number, mayContinue: () => Promise<boolean>): Promise<boolean> {
    const { log, store, empathies, moderation, bus, retentionDays } = this.deps;
    const partition = numberOf(first);
    const { base, last } = bandWith(first);
    const watermark = await this.watermarkAt(first);
    const limit = watermark - retentionDays * DAY_MS;
    const start = Math.max(base, await moderation.retentionOffset(partition));
    let from = start;
    let erased = 0;
    let dueAt: number | undefined;
    let goOn = true;
    while (goOn && from - start < CHUNK) {
      const page = await store.inOrder({ after: from, before: last + 1 }, PAGE);
      const old = page.filter(({ sentAt }) => sentAt < limit);
      for (const { id, offset, hidden, sentAt } of old) {
        dueAt ??= sentAt + retentionDays * DAY_MS;
        if (hidden) continue;
        await log.erase(offset);
        await empathies.removeNote(id);
        await store.erase(offset);
        erased++;
      }
      from = old.at(-1)?.offset ?? from;
      goOn = old.length === PAGE && (await mayContinue());
    }
    if (erased > 0) {
      bus.publish({ type: 'chats-changed' });
      await moderation.addAuditEntry({
        // The same id if an interrupted run is repeated, so that there is one entry.
        id: auditId(dueAt ?? 0, `retention.${start}`),
        ...{ at: watermark, actorId: '', actor: '', action: 'RETENTION' as const, subject: '' },
        details: `${erased} messages older than ${retentionDays} days`,
      });
    }
    if (from > start) await moderation.setRetentionOffset(partition, from);
    return goOn;
  }

  /** The clock of the log that has the offset; for a partition of earlier times that of any log. */
  private async watermarkAt(offset: number): Promise<number> {
    const { log } = this.deps;
    const holding = log.holding(offset);
    const partitions = holding ? [holding] : log.partitions;
    const answers = await Promise.allSettled(partitions.map((partition) => partition.watermark()));
    const [watermark] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (watermark === undefined) throw unavailable('The message log cannot be reached right now.');
    return watermark;
  }
}
