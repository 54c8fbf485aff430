import type { Generator } from './generator';
import { burst, ramp, sendChat, steady, type Figures, type Load } from './loads';
import { churn, idle, reconnect, stalled } from './own-loads';
import { FULL, Session, type Layout } from './session';
import { RETURNING_SOCKETS } from './settings';
import { OURS, startTarget, type Name } from './target';

/** Loads that share a server and its sockets, one after the other. */
export interface Scene {
  readonly layout: Layout;
  /** False if the loads open their own sockets. */
  readonly subscribed: boolean;
  readonly loads: readonly Load[];
}

/** Number of sockets that record latencies; the others only count. */
const SAMPLED_SOCKETS = 200;
const WITH_SELECTIONS = [OURS, 'graphql-subscriptions', 'type-graphql', 'mercurius'] as const;

const oneRoom = (sockets: number, ...loads: readonly Load[]): Scene => ({
  layout: { sockets, rooms: ['main'], selections: [FULL], sampleEvery: Math.max(1, sockets / SAMPLED_SOCKETS) },
  subscribed: true,
  loads,
});
/** Every socket parses its messages, because each resumes from its own last message. */
const closely = (sockets: number, ...loads: readonly Load[]): Scene => {
  const { layout, ...scene } = oneRoom(sockets, ...loads);
  return { ...scene, layout: { ...layout, sampleEvery: 1 } };
};
const unsubscribed = (load: Load): Scene => ({ ...oneRoom(0, load), subscribed: false });

const rooms = Array.from({ length: 100 }, (_, i) => `room-${i}`);
const selections = ['text', 'id text', 'id author text sentAt', FULL];

/** Steady loads make 20,000 deliveries a second, bursts 50,000 at once. */
export const SCENES: readonly Scene[] = [
  oneRoom(200, steady('200', 100), sendChat('200', 100), burst('200', 250)),
  oneRoom(1_000, steady('1000', 20), sendChat('1000', 20), burst('1000', 50), ramp),
  oneRoom(5_000, steady('5000', 4), sendChat('5000', 4), burst('5000', 10)),
  {
    layout: { sockets: 5_000, rooms, selections: [FULL], sampleEvery: 25 },
    subscribed: true,
    loads: [steady('100-rooms-of-50', 400)],
  },
  {
    layout: { sockets: 1_000, rooms: ['main'], selections, sampleEvery: 5 },
    subscribed: true,
    loads: [steady('4-selections', 20, WITH_SELECTIONS)],
  },
  unsubscribed(idle),
  closely(RETURNING_SOCKETS, reconnect(50)),
  closely(RETURNING_SOCKETS / 10, reconnect(500)),
  closely(1_000, stalled),
  unsubscribed(churn),
];

/** Runs the given loads of the scene once on a new server. */
export async function play(
  scene: Scene,
  loads: readonly Load[],
  name: Name,
  generator: Generator,
  record: (load: Load, figures: Figures) => void,
): Promise<void> {
  const target = await startTarget(name);
  try {
    await target.createRooms(scene.layout.rooms);
    const session = new Session(generator, target, scene.layout);
    if (scene.subscribed) await session.subscribe();
    for (const load of loads) record(load, await load.run(target, session, generator));
  } finally {
    await generator.command({ type: 'close' });
    await target.stop();
  }
}
