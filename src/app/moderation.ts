import { closeAccount } from '../accounts/close-account';
import type { Config } from '../config/config';
import { usernameKey } from '../domain/user';
import type { Access } from '../flow/access';
import { Erasures } from '../flow/erasures';
import { RoomDepartures } from '../flow/room-departures';
import { RoomErasure } from '../flow/room-erasure';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import { Feelings } from '../flow/feelings';
import { Retention } from '../flow/retention';
import { Mutes } from '../flow/mutes';
import type { Rooms } from '../flow/rooms';
import type { Base } from './base';
import { repeatWork } from './repeat-work';

const ERASURES_MS = 2_000;
const FEELINGS_MS = 2_000;
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

const roomErasureOf = (engine: Engine, clock: Clock): RoomErasure =>
  new RoomErasure({
    log: engine.chatLog,
    store: engine.chatStore,
    rooms: engine.roomStore,
    empathies: engine.empathyStore,
    records: [
      engine.moodStore,
      engine.insightStore,
      engine.questionStore,
      engine.moderationStore,
      engine.pushStore,
      engine.membershipStore,
      { removeRoom: (room) => engine.inviteStore.revokeAll(room) },
    ],
    bus: engine.bus,
    clock,
  });

export const erasuresOf = ({ engine, clock, logger }: Base, rooms: Rooms): Erasures => {
  const { userStore: users, sessionStore: sessions, pushStore: pushes, bus } = engine;
  const announce = (sessionId: string): void => {
    bus.publish({ type: 'session-ended', sessionId });
  };
  const departures = new RoomDepartures({
    memberships: engine.membershipStore,
    rooms: engine.roomStore,
    users,
    moderation: engine.moderationStore,
    bus,
    clock,
  });
  return new Erasures({
    log: engine.chatLog,
    store: engine.chatStore,
    moderation: engine.moderationStore,
    empathies: engine.empathyStore,
    moods: engine.moodStore,
    rooms,
    roomErasure: roomErasureOf(engine, clock),
    leaveRooms: (userId) => departures.leaveAll(userId),
    closeAccount: (userId) => closeAccount({ users, sessions, pushes, clock, announce }, userId),
    bus,
    clock,
    logger: logger.child({ part: 'erasures' }),
  });
};

export const feelingsOf = ({ config, engine, clock, logger }: Base, access: Access): Feelings => {
  const { chatLog: log, chatStore: store, moodStore: moods, feelingChangeStore: changes, bus } = engine;
  const child = logger.child({ part: 'feelings' });
  return new Feelings({ log, access, store, moods, changes, bus, clock, logger: child, windowMs: config.FEELING_WINDOW });
};

/** The role worker: completes erasures and changes of feelings, and erases messages that exceed the retention period. */
export function openErasures(base: Base, rooms: Rooms, access: Access, holder: string): void {
  const { config, engine } = base;
  const erasures = erasuresOf(base, rooms);
  const feelings = feelingsOf(base, access);
  const retention = new Retention({
    log: engine.chatLog,
    store: engine.chatStore,
    empathies: engine.empathyStore,
    moderation: engine.moderationStore,
    lease: engine.lease,
    holder,
    bus: engine.bus,
    retentionDays: config.RETENTION_DAYS,
  });
  const repeat = (name: string, pauseMs: number, work: (signal: AbortSignal) => Promise<void>): void => {
    repeatWork(base, name, pauseMs, work, 'changing messages failed; trying again');
  };
  repeat('erasures', ERASURES_MS, (signal) => erasures.run(signal));
  repeat('feelings', FEELINGS_MS, (signal) => feelings.run(signal));
  repeat('retention', RETENTION_MS, (signal) => retention.run(signal));
}
