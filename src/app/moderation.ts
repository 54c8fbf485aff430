import { setTimeout as delay } from 'node:timers/promises';
import { auditId, type Erasure } from '../domain/moderation';
import { usernameKey, type Viewer } from '../domain/user';
import { Erasures } from '../flow/erasures';
import { Mutes } from '../flow/mutes';
import { randomId } from '../ports/ids';
import type { Base } from './base';

const ERASURES_MS = 2_000;
const RETENTION_MS = 10 * 60_000;

/** Administrators may do all that moderators may. */
export function moderatorsOf({ ADMINS, MODERATORS }: Base['config']): (username: string) => boolean {
  const names = new Set([...ADMINS, ...MODERATORS]);
  return (username) => names.has(usernameKey(username));
}

export async function openMutes({ engine, clock, logger, releasers }: Base): Promise<Mutes> {
  const mutes = new Mutes(engine.moderationStore, engine.bus, clock, logger.child({ part: 'mutes' }));
  await mutes.start();
  releasers.push('mutes', () => {
    mutes.stop();
  });
  return mutes;
}

export const erasuresOf = ({ engine, clock, rooms, config, logger }: Base): Erasures =>
  new Erasures({
    log: engine.chatLog,
    store: engine.chatStore,
    moderation: engine.moderationStore,
    isAnonymous: async (room) => (await rooms.require(room)).anonymous,
    bus: engine.bus,
    clock,
    logger: logger.child({ part: 'erasures' }),
    retentionDays: config.RETENTION_DAYS,
  });

/** What becomes of a deleted account's messages is remembered; the worker does it, within seconds. */
export function messageForgetter({ engine, clock, config }: Base): (viewer: Viewer) => Promise<void> {
  return async ({ userId: actorId, username: actor }) => {
    const at = clock.now();
    const erasure: Erasure = {
      ...{ id: `account.${actorId}`, at, actorId, actor, kind: 'account' as const },
      pseudonym: `deleted-${randomId()}`,
      texts: config.DELETED_ACCOUNT_TEXTS,
    };
    await engine.moderationStore.beginErasure(erasure);
    await engine.moderationStore.addAuditEntry({
      ...{ id: auditId(at, erasure.id), at, actorId, actor, action: 'DELETE_ACCOUNT' as const, subject: '' },
      details: config.DELETED_ACCOUNT_TEXTS,
    });
  };
}

/** The role worker: finishes what was to be erased, and erases what has become too old. */
export function openErasures(base: Base): void {
  const { releasers, logger } = base;
  const erasures = erasuresOf(base);
  const stopping = new AbortController();
  const repeat = async (everyMs: number, work: () => Promise<void>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch((err: unknown) => {
        logger.warn({ err }, 'what is to be erased could not be erased; it is tried again');
      });
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = Promise.all([repeat(ERASURES_MS, () => erasures.run()), repeat(RETENTION_MS, () => erasures.retain())]);
  releasers.push('erasures', async () => {
    stopping.abort();
    await running;
  });
}
