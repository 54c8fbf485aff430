/**
 * What an installation of the clustered engine has to do for a number of people online, and which part of it is full first. Costs per
 * message are measured (`npm run bench -- ceilings`); how people behave is assumed (`PEOPLE`).
 */

/** Processor time in microseconds. */
export interface Costs {
  readonly apiPerSend: number;
  readonly redisPerSend: number;
  /** What a send costs more with several partitions. */
  readonly apiPerClaim: number;
  readonly redisPerClaim: number;
  readonly workerPerMessage: number;
  readonly redisPerStored: number;
  /** Of a message in a room without a socket on the process. */
  readonly livePerForeignMessage: number;
  readonly redisPerForeignMessage: number;
  /** Of a message in a room with a socket on the process, with one delivery. */
  readonly livePerOwnMessage: number;
  readonly redisPerOwnMessage: number;
  /** Of a delivery where many sockets of the process are in the room. */
  readonly livePerDelivery: number;
}

export const PEOPLE = {
  /** Messages that a person sends in an hour. */
  messagesPerHour: 6,
  peoplePerRoom: 20,
  /** Room k of a size order has a share of 1/k^exponent. */
  zipf: 1,
  /** More people than this in one room write more than three messages a second, which nobody can read: they use another room. */
  mostInARoom: 2_000,
  /** Share of a core that is planned for; the rest is for peaks. */
  fill: 0.5,
  /** Sockets of one live process, by its memory. */
  socketsPerLive: 20_000,
} as const;

export type Part = 'api' | 'redis' | 'worker' | 'live';

/** What one second holds, of all processes of a part together. */
export interface Work {
  readonly messages: number;
  /** Messages that live processes read of rooms with a socket of theirs. */
  readonly own: number;
  /** Messages in rooms without a socket on a live process, once for each process. */
  readonly foreign: number;
  readonly deliveries: number;
}

/** Used cores. */
export function coresOf({ messages, own, foreign, deliveries }: Work, costs: Costs): Record<Part, number> {
  // The first delivery of each message on each process is in the cost of the message.
  const live =
    own * costs.livePerOwnMessage + foreign * costs.livePerForeignMessage + Math.max(0, deliveries - own) * costs.livePerDelivery;
  const redis =
    messages * (costs.redisPerSend + costs.redisPerStored) +
    own * costs.redisPerOwnMessage +
    foreign * costs.redisPerForeignMessage;
  return {
    api: (messages * costs.apiPerSend) / 1e6,
    redis: redis / 1e6,
    worker: (messages * costs.workerPerMessage) / 1e6,
    live: live / 1e6,
  };
}

export interface Load {
  readonly people: number;
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** Processes. Infinity: no number of them is enough. */
  readonly apis: number;
  readonly lives: number;
  readonly workers: number;
  /** Redis servers. */
  readonly redises: number;
  /** Used cores, of all processes of the part. */
  readonly cores: Readonly<Record<Part, number>>;
  /** Used share of the core that one process of the part has. */
  readonly fill: Readonly<Record<Part, number>>;
  /** The part whose processes are fullest. */
  readonly fullest: Part;
}

/** People by room: by Zipf, but at most `mostInARoom`. Rooms of equal size are counted together. */
export function roomsOf(people: number): { readonly size: number; readonly count: number }[] {
  const { peoplePerRoom, zipf, mostInARoom } = PEOPLE;
  const shares = Array.from({ length: Math.max(1, Math.round(people / peoplePerRoom)) }, (_, i) => 1 / (i + 1) ** zipf);
  let [left, total] = [people, shares.reduce((sum, share) => sum + share, 0)];
  const counts = new Map<number, number>();
  for (const share of shares) {
    const size = Math.min(mostInARoom, Math.max(1, Math.round((left * share) / total)));
    left = Math.max(0, left - size);
    total -= share;
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  return [...counts].map(([size, count]) => ({ size, count }));
}

/**
 * @param isPartitioned whether several Redis servers and workers share the log; otherwise there is one of each
 * @param rate messages a second of one person; the assumed one if it is not given
 */
export function loadOf(people: number, costs: Costs, isPartitioned: boolean, rate = PEOPLE.messagesPerHour / 3_600): Load {
  const rooms = roomsOf(people);
  const online = rooms.reduce((sum, { size, count }) => sum + size * count, 0);
  const messages = online * rate;
  const deliveries = rooms.reduce((sum, { size, count }) => sum + count * size * size * rate, 0);
  const withLives = (lives: number): Record<Part, number> => {
    const own = rooms.reduce((sum, { size, count }) => sum + size * count * rate * lives * (1 - (1 - 1 / lives) ** size), 0);
    return coresOf({ messages, own, foreign: messages * lives - own, deliveries }, costs);
  };
  const lives = enough((count) => withLives(count).live / count, Math.max(1, Math.ceil(online / PEOPLE.socketsPerLive)));
  const counted = Number.isFinite(lives) ? lives : 1;
  const needed = (used: number): number => Math.max(1, Math.ceil(used / PEOPLE.fill));
  const unclaimed = withLives(counted);
  const cores = isPartitioned && needed(unclaimed.redis) > 1 ? withClaims(unclaimed, messages, costs) : unclaimed;
  const apis = needed(cores.api);
  const [redises, workers] = isPartitioned ? [needed(cores.redis), needed(cores.worker)] : [1, 1];
  const fill = {
    api: cores.api / apis,
    redis: cores.redis / redises,
    worker: cores.worker / workers,
    live: cores.live / counted,
  };
  return {
    people,
    messagesPerSecond: messages,
    deliveriesPerSecond: deliveries,
    apis,
    lives,
    workers,
    redises,
    cores,
    fill,
    fullest: (Object.keys(fill) as Part[]).reduce((most, part) => (fill[part] > fill[most] ? part : most)),
  };
}

/** With several Redis servers there are several partitions. */
const withClaims = (cores: Record<Part, number>, messages: number, costs: Costs): Record<Part, number> => ({
  ...cores,
  api: cores.api + (messages * costs.apiPerClaim) / 1e6,
  redis: cores.redis + (messages * costs.redisPerClaim) / 1e6,
});

/** The least number of processes with which none exceeds the planned share of its core. */
function enough(fillOf: (count: number) => number, least: number): number {
  const MOST = 1_000_000;
  if (fillOf(MOST) > PEOPLE.fill) return Infinity;
  let [low, high] = [least, MOST];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fillOf(middle) > PEOPLE.fill) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of people at which one process of a part fills a core; Infinity above ten million. */
export function fullAt(part: 'redis' | 'worker', costs: Costs): number {
  const MOST = 10_000_000;
  let [low, high] = [1, MOST];
  if (loadOf(MOST, costs, true).cores[part] < 1) return Infinity;
  while (high / low > 1.05) {
    const middle = Math.round(Math.sqrt(low * high));
    const { lives, cores } = loadOf(middle, costs, true);
    if (!Number.isFinite(lives) || cores[part] >= 1) high = middle;
    else low = middle;
  }
  return high;
}
