import type { Redis } from 'ioredis';
import type { Logger } from '../../ports/logger';
import type { Presence } from '../../ports/presence';
import { answer } from './connect';
import { Script } from './script';

/** A process that says nothing for this long is dead; the port promises a minute. */
const ALIVE_MS = 45_000;
const BEAT_MS = 15_000;
/** What nobody asks about any more leaves Redis by itself. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Members of a dead process are taken out by whoever asks next. */
const PURGE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function drop(process)
  for _, member in ipairs(redis.call('SMEMBERS', KEYS[3] .. process)) do
    if redis.call('HINCRBY', KEYS[1], member, -1) <= 0 then redis.call('HDEL', KEYS[1], member) end
  end
  redis.call('DEL', KEYS[3] .. process)
  redis.call('ZREM', KEYS[2], process)
end
for _, process in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do drop(process) end
`;

/** ARGV process, time to live, time kept, member. @returns 1 if no process had the member */
const JOIN = new Script(`${PURGE}
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
local new = 0
if redis.call('SADD', KEYS[3] .. ARGV[1], ARGV[4]) == 1 and redis.call('HINCRBY', KEYS[1], ARGV[4], 1) == 1 then new = 1 end
for _, key in ipairs({ KEYS[1], KEYS[2], KEYS[3] .. ARGV[1] }) do redis.call('PEXPIRE', key, ARGV[3]) end
return new`);

/** ARGV process, member. @returns 1 if no process has the member any more */
const LEAVE = new Script(`${PURGE}
if redis.call('SREM', KEYS[3] .. ARGV[1], ARGV[2]) == 0 then return 0 end
if redis.call('HINCRBY', KEYS[1], ARGV[2], -1) > 0 then return 0 end
redis.call('HDEL', KEYS[1], ARGV[2])
return 1`);

const ONLINE = new Script(`${PURGE}return redis.call('HLEN', KEYS[1])`);

/** Puts right what Redis has of one process. ARGV process, time to live, time kept, members. */
const BEAT = new Script(`${PURGE}
local known = redis.call('SMEMBERS', KEYS[3] .. ARGV[1])
local same = #known == #ARGV - 3
if same then
  local has = {}
  for _, member in ipairs(known) do has[member] = true end
  for i = 4, #ARGV do if not has[ARGV[i]] then same = false end end
end
if not same then
  drop(ARGV[1])
  for i = 4, #ARGV do
    redis.call('SADD', KEYS[3] .. ARGV[1], ARGV[i])
    redis.call('HINCRBY', KEYS[1], ARGV[i], 1)
  end
end
if #ARGV > 3 then redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1]) end
for _, key in ipairs({ KEYS[1], KEYS[2], KEYS[3] .. ARGV[1] }) do redis.call('PEXPIRE', key, ARGV[3]) end`);

export interface RedisPresenceOptions {
  readonly redis: Redis;
  /** Names this process, differently after each start. */
  readonly process: string;
  readonly logger: Logger;
}

/**
 * For each room: how many processes have each member, and the members of each process, with the time at which it counts as dead.
 * What this process knows of its own sockets is the truth; a beat repeats it, so a Redis that forgot it learns it again.
 */
export class RedisPresence implements Presence {
  private readonly rooms = new Map<string, Map<string, number>>();
  private readonly timer: NodeJS.Timeout;
  private readonly onReady = () => void this.beat();

  constructor(private readonly options: RedisPresenceOptions) {
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
    options.redis.on('ready', this.onReady);
  }

  async join(room: string, memberId: string): Promise<boolean> {
    const members = this.rooms.get(room) ?? new Map<string, number>();
    this.rooms.set(room, members);
    const joins = members.get(memberId) ?? 0;
    members.set(memberId, joins + 1);
    if (joins > 0) return false;
    const { redis, process } = this.options;
    return (await answer(JOIN.run(redis, keys(room), [process, ALIVE_MS, KEPT_MS, memberId]))) === 1;
  }

  async leave(room: string, memberId: string): Promise<boolean> {
    const members = this.rooms.get(room);
    const joins = members?.get(memberId);
    if (!members || joins === undefined) return false;
    if (joins > 1) {
      members.set(memberId, joins - 1);
      return false;
    }
    members.delete(memberId);
    const gone = (await answer(LEAVE.run(this.options.redis, keys(room), [this.options.process, memberId]))) === 1;
    if (members.size === 0) this.rooms.delete(room);
    return gone;
  }

  async online(room: string): Promise<number> {
    return Number(await answer(ONLINE.run(this.options.redis, keys(room), [])));
  }

  /** Takes this process out of all rooms. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.options.redis.off('ready', this.onReady);
    for (const members of this.rooms.values()) members.clear();
    await this.beat();
  }

  private async beat(): Promise<void> {
    const { redis, process, logger } = this.options;
    for (const [room, members] of [...this.rooms]) {
      try {
        await BEAT.run(redis, keys(room), [process, ALIVE_MS, KEPT_MS, ...members.keys()]);
        if (members.size === 0 && this.rooms.get(room) === members) this.rooms.delete(room);
      } catch (err) {
        // The next beat, or the next connection, repeats it.
        logger.debug({ err }, 'presence was not renewed');
        return;
      }
    }
  }
}

const keys = (room: string): string[] => {
  const prefix = `jb:presence:{${room}}:`;
  return [`${prefix}members`, `${prefix}processes`, `${prefix}of:`];
};
