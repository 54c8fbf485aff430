import type { Logger } from '../../ports/logger';
import type { Presence } from '../../ports/presence';
import { JoinCounts } from '../../util/join-counts';
import { orUnavailable } from './connect';
import type { RedisServer } from './redis-server';
import { Script } from './script';

/** A process that sends no beat for this long counts as dead. The port promises a minute. */
const ALIVE_MS = 45_000;
const BEAT_MS = 15_000;
/** The keys of a room expire after this time without a beat or a join. */
const KEPT_MS = 24 * 60 * 60 * 1000;

const JOIN = new Script('presence-join');
const LEAVE = new Script('presence-leave');
const ONLINE = new Script('presence-online');
const BEAT = new Script('presence-beat');

export interface RedisPresenceOptions {
  readonly server: RedisServer;
  /** Names this process; a different name after each start. */
  readonly process: string;
  readonly logger: Logger;
}

/**
 * The members of rooms on one server. Redis keeps for each room how many processes have each member, the members of each process, and
 * when each process counts as dead. The sockets of a process are the truth: it repeats its members in every beat, so a Redis that lost
 * them gets them again.
 */
export class RedisPresence implements Presence {
  private readonly joins = new JoinCounts();
  private readonly timer: NodeJS.Timeout;
  private readonly onReady = () => void this.beat();

  constructor(private readonly options: RedisPresenceOptions) {
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
    options.server.commands.on('ready', this.onReady);
  }

  async join(room: string, memberId: string): Promise<boolean> {
    if (!this.joins.add(room, memberId)) return false;
    const { server, process } = this.options;
    const args = [process, ALIVE_MS, KEPT_MS, memberId];
    return (await orUnavailable(server.soon((redis) => JOIN.run(redis, keys(room), args)))) === 1;
  }

  async leave(room: string, memberId: string): Promise<boolean> {
    if (!this.joins.remove(room, memberId)) return false;
    const { server, process } = this.options;
    const isGone = (await orUnavailable(server.soon((redis) => LEAVE.run(redis, keys(room), [process, memberId])))) === 1;
    // Kept until Redis has answered: the next beat corrects a leave that failed.
    this.joins.dropIfEmpty(room);
    return isGone;
  }

  async online(room: string): Promise<number> {
    return Number(await orUnavailable(this.options.server.soon((redis) => ONLINE.run(redis, keys(room)))));
  }

  /** Removes this process from all rooms. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.options.server.commands.off('ready', this.onReady);
    this.joins.clear();
    await this.beat();
  }

  private async beat(): Promise<void> {
    const { server, process, logger } = this.options;
    for (const room of this.joins.roomNames()) {
      try {
        const args = [process, ALIVE_MS, KEPT_MS, ...this.joins.members(room)];
        await server.soon((redis) => BEAT.run(redis, keys(room), args));
        this.joins.dropIfEmpty(room);
      } catch (err) {
        logger.debug({ err }, 'presence was not renewed; the next beat or reconnect repeats it');
        return;
      }
    }
  }
}

const keys = (room: string): string[] => {
  const prefix = `jb:presence:{${room}}:`;
  return [`${prefix}members`, `${prefix}processes`, `${prefix}of:`];
};
