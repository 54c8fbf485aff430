import { NAMES, OURS, delivers, kindOf, type Name } from '../servers/catalogue';
import { startTarget, type Target } from '../servers/target';
import { PATTERNS, compare, idle, type PatternName } from './compared';
import type { Generator } from './generator';
import { ramp, steady, type Figures, type Load } from './loads';
import { churn, reconnect, stalled } from './own-loads';
import { FULL, Session, type Layout } from './session';
import { RETURNING_SOCKETS } from './settings';

type Record = (load: string, figures: Figures) => void;

/** Loads that share a server and its sockets, one after the other. */
export interface Scene {
  readonly loads: readonly Pick<Load, 'name' | 'servers' | 'runs'>[];
  /** Plays the loads with these names on a server that has just started. */
  play(names: readonly string[], target: Target, generator: () => Generator, record: Record): Promise<void>;
}

const DELIVERING = NAMES.filter(delivers);
/** Where every write carries one message, four times the rate exceeds a processor. */
const GATHERING: readonly Name[] = ['floor-c', 'floor-c-10ms', OURS, 'centrifuge-10ms', 'centrifugo'];
/** Servers whose subscribers choose fields and rooms. */
const GRAPHQL = NAMES.filter((name) => kindOf(name) === 'graphql');

/** All servers with the same sockets, by the generator in C. */
const compared = (sockets: number, patterns: readonly PatternName[]): Scene => {
  const loads = patterns.map((pattern) => ({
    pattern,
    name: `${pattern}-${sockets}`,
    servers: pattern === 'steady-fourfold' ? GATHERING : DELIVERING,
  }));
  return {
    loads,
    async play(names, target, _generator, record) {
      const wanted = loads.filter(({ name }) => names.includes(name));
      const measured = await compare(
        target,
        sockets,
        new Map(wanted.map(({ name, pattern }) => [name, PATTERNS[pattern](target)])),
      );
      for (const [name, figures] of measured) record(name, figures);
    },
  };
};

const idleSockets: Scene = {
  loads: [{ name: 'idle', servers: DELIVERING }],
  async play(_names, target, _generator, record) {
    record('idle', await idle(target));
  },
};

/** Number of sockets that record latencies; the others only count. */
const SAMPLED_SOCKETS = 200;

/** Sockets that parse their messages, or reconnect, by the generator in Node. */
const inDetail = (layout: Layout, loads: readonly Load[], subscribed = true): Scene => ({
  loads,
  async play(names, target, generator, record) {
    const sockets = generator();
    await target.createRooms(layout.rooms);
    const session = new Session(sockets, target, layout);
    try {
      if (subscribed) await session.subscribe();
      for (const load of loads) {
        if (names.includes(load.name)) record(load.name, await load.run(target, session, sockets));
      }
    } finally {
      await sockets.command({ type: 'close' });
    }
  },
});
const oneRoom = (sockets: number, sampleEvery = 1): Layout => ({ sockets, rooms: ['main'], selections: [FULL], sampleEvery });

const rooms = Array.from({ length: 100 }, (_, i) => `room-${i}`);
const selections = ['text', 'id text', 'id author text sentAt', FULL];

export const SCENES: readonly Scene[] = [
  compared(200, Object.keys(PATTERNS) as PatternName[]),
  compared(1_000, ['steady', 'burst-by-requests', 'burst-from-inside']),
  idleSockets,
  inDetail({ sockets: 5_000, rooms, selections: [FULL], sampleEvery: 25 }, [steady('100-rooms-of-50', 400, GRAPHQL)]),
  inDetail({ sockets: 1_000, rooms: ['main'], selections, sampleEvery: 5 }, [steady('4-selections', 20, GRAPHQL)]),
  inDetail(oneRoom(1_000, 1_000 / SAMPLED_SOCKETS), [ramp(['raw-ws', ...GRAPHQL])]),
  inDetail(oneRoom(RETURNING_SOCKETS), [reconnect(50)]),
  inDetail(oneRoom(RETURNING_SOCKETS / 10), [reconnect(500)]),
  inDetail(oneRoom(1_000), [stalled]),
  inDetail(oneRoom(0), [churn], false),
];

/** Runs the loads of the scene once on a new server. */
export async function play(
  scene: Scene,
  names: readonly string[],
  server: Name,
  generator: () => Generator,
  record: Record,
): Promise<void> {
  const target = await startTarget(server);
  try {
    await scene.play(names, target, generator, record);
  } finally {
    await target.stop();
  }
}
