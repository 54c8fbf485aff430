import type { Config } from '../config/config';
import { usernameKey } from '../domain/user';
import { Erasures } from '../flow/erasures';
import { Mutes } from '../flow/mutes';
import type { Rooms } from '../flow/rooms';
import { repeatUntil } from '../util/repeat';
import type { Base } from './base';

const ERASURES_MS = 2_000;
const RETENTION_MS = 10 * 60_000;

export interface Privileges {
  readonly isAdmin: (username: string) => boolean;
  /** Administrators are moderators too. */
  readonly isModerator: (username: string) => boolean;
}

export function privilegesOf({ ADMINS, MODERATORS }: Config): Privileges {
  const admins = new Set(ADMINS);
  const moderators = new Set([...ADMINS, ...MODERATORS]);
  return {
    isAdmin: (username) => admins.has(usernameKey(username)),
    isModerator: (username) => moderators.has(usernameKey(username)),
  };
}

export async function openMutes({ engine, clock, logger, releasers }: Base): Promise<Mutes> {
  const mutes = new Mutes(engine.moderationStore, engine.bus, clock, logger.child({ part: 'mutes' }));
  await mutes.start();
  releasers.push('mutes', () => {
    mutes.stop();
  });
  return mutes;
}

export const erasuresOf = ({ engine, clock, config, logger }: Base, rooms: Rooms): Erasures =>
  new Erasures({
    log: engine.chatLog,
    store: engine.chatStore,
    moderation: engine.moderationStore,
    rooms,
    bus: engine.bus,
    clock,
    logger: logger.child({ part: 'erasures' }),
    retentionDays: config.RETENTION_DAYS,
  });

/** The role worker: completes erasures, and erases messages that exceed the retention period. */
export function openErasures(base: Base, rooms: Rooms): void {
  const { releasers, logger } = base;
  const erasures = erasuresOf(base, rooms);
  const repeat = (pauseMs: number, work: () => Promise<void>): Promise<void> =>
    repeatUntil(releasers.signal, pauseMs, work, (err) => {
      logger.warn({ err }, 'erasing messages failed; trying again');
    });
  const running = [repeat(ERASURES_MS, () => erasures.run()), repeat(RETENTION_MS, () => erasures.retain())];
  releasers.push('erasures', async () => {
    await Promise.all(running);
  });
}
