import { setImmediate as nextTurn } from 'node:timers/promises';
import { ReplyError, type Redis } from 'ioredis';
import { StartupError } from '../../domain/startup-error';
import { DeadlineError, withDeadline } from '../../util/deadline';
import { Channels } from './channels';
import { checkServer } from './check-server';
import { connect, createClient, type ConnectOptions } from './connect';

/** Longest time that one of several servers may hold up what has an answer without it. */
const SOON_MS = 500;
/** Of one of several servers at the start: those that answer do not wait longer for the others. */
const CONNECT_MS = 2_000;

/** One of the servers of an installation: a connection for commands, and one for channels. */
export class RedisServer {
  /** The last command that was given up has not been answered. */
  private isSilent = false;

  private constructor(
    /** For error messages: it may hold credentials. */
    readonly url: string,
    readonly commands: Redis,
    private readonly subscriber: Redis,
    readonly channels: Channels,
    private readonly isOnly: boolean,
  ) {
    // Each partition of the server listens to the connection.
    commands.setMaxListeners(0);
    commands.on('ready', () => {
      this.isSilent = false;
    });
  }

  /** The only server of an installation. @throws StartupError if it cannot be used */
  static async only({ url, logger }: Pick<ConnectOptions, 'url' | 'logger'>): Promise<RedisServer> {
    const opened: Redis[] = [];
    const open = async (name: string, onDemoted?: () => void): Promise<Redis> => {
      const redis = await connect({ url, logger, name, ...(onDemoted && { onDemoted }) });
      opened.push(redis);
      return redis;
    };
    try {
      // The other connection only reads, so it would stay with a server that has become a replica.
      const commands = await open('main', () => opened[1]?.disconnect(true));
      const subscriber = await open('channels');
      return new RedisServer(url, commands, subscriber, new Channels(subscriber, logger), true);
    } catch (error) {
      for (const redis of opened) redis.disconnect();
      throw error;
    }
  }

  /** One of several servers. It need not be reachable yet: then it is checked once it is. */
  static async oneOfSeveral({ url, logger }: Pick<ConnectOptions, 'url' | 'logger'>): Promise<RedisServer> {
    const subscriber = createClient({ url, logger, name: 'channels' });
    const commands = createClient({ url, logger, name: 'main', onDemoted: () => subscriber.disconnect(true) });
    const server = new RedisServer(url, commands, subscriber, new Channels(subscriber, logger), false);
    const check = (): void => {
      checkServer(commands, url).then(
        () => commands.off('ready', check),
        (err: unknown) => {
          if (!(err instanceof StartupError)) return;
          logger.error({ err }, 'this Redis cannot be used; its partitions stay unavailable until a restart');
          server.close();
        },
      );
    };
    commands.on('ready', check);
    const connecting = Promise.all([commands.connect(), subscriber.connect()]);
    await withDeadline(connecting, CONNECT_MS).catch(() => undefined);
    return server;
  }

  /** Whether a command is likely to be answered soon. */
  get isAnswering(): boolean {
    return this.commands.status === 'ready' && !this.isSilent;
  }

  /**
   * For what has an answer without this server. If there are others, it rejects soon in place of waiting for a server that hangs,
   * and at once until that server answers again.
   */
  async soon<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.isOnly) return command(this.commands);
    if (this.isSilent) throw new DeadlineError(SOON_MS);
    const answer = command(this.commands);
    try {
      return await withDeadline(answer, SOON_MS);
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      // While this process was busy, the answer may have arrived without being read.
      const read = await Promise.race([answer.then((value) => ({ value })), nextTurn(undefined)]);
      if (read) return read.value;
      this.waitFor(answer);
      throw error;
    }
  }

  close(): void {
    this.subscriber.disconnect();
    this.commands.disconnect();
  }

  private waitFor(answer: Promise<unknown>): void {
    this.isSilent = true;
    const onAnswer = (): void => {
      this.isSilent = false;
    };
    answer.then(onAnswer, (error: unknown) => {
      // Without an answer the connection is replaced, and is ready afterwards.
      if (error instanceof ReplyError) onAnswer();
    });
  }
}
