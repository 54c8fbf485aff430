import type { Redis } from 'ioredis';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';
import { ANSWER_MS, isForbidden } from './connect';

/** Redis publishes to all of its databases, so a channel names the one of this installation. */
export const channelName = (redis: Redis, name: string): string => `jb:${name}:${redis.options.db ?? 0}`;

/**
 * All channels of this process over one connection, so that messages arrive in the order in which they were published, also those of
 * different channels. What is published while the connection is down is lost; `onRestored` says when.
 */
export class Channels {
  private readonly channels = new Map<string, Listeners<[text: string]>>();
  /** When `reconnect` last replaced the connection. */
  private replacedAt = -Infinity;
  private readonly lostListeners: Listeners;
  private readonly restoredListeners: Listeners;

  /** @param redis a connection of its own: one that subscribes can send no other commands */
  constructor(
    private readonly redis: Redis,
    private readonly logger: Logger,
  ) {
    const onError = (err: unknown): void => {
      logger.error({ err }, 'a listener of a channel failed');
    };
    this.lostListeners = new Listeners(onError);
    this.restoredListeners = new Listeners(onError);
    redis.on('close', () => {
      this.lostListeners.call();
    });
    redis.on('message', (channel: string, text: string) => this.channels.get(channel)?.call(text));
    redis.on('ready', () => {
      this.restore().catch((err: unknown) => {
        logger.warn({ err }, 'channels could not be subscribed; reconnecting to subscribe again');
        // Without its subscriptions the connection is of no use.
        this.reconnect();
      });
    });
  }

  /**
   * Calls the listener with every message from now on.
   * @param isPatient the subscription is made at the next connect if it cannot be made now
   * @returns a function that unsubscribes
   * @throws the error of Redis; if it is patient, only the refusal of a right
   */
  async subscribe(channel: string, listener: (text: string) => void, isPatient = false): Promise<() => void> {
    const isNew = !this.channels.has(channel);
    const listeners = this.channels.get(channel) ?? this.listenersOf(channel);
    const remove = listeners.add(listener);
    const stop = (): void => {
      remove();
      if (listeners.size > 0 || this.channels.get(channel) !== listeners) return;
      this.channels.delete(channel);
      // Without a connection there is no subscription any more.
      this.redis.unsubscribe(channel).catch(() => undefined);
    };
    try {
      // A second listener waits too: the first one's subscription may be under way.
      await this.redis.subscribe(channel);
    } catch (error) {
      if (isPatient && !isForbidden(error)) return stop;
      if (isNew) stop();
      else remove();
      throw error;
    }
    return stop;
  }

  /** Calls the listener when the connection is lost, before anything arrives over the next one. @returns a function that removes it */
  onLost(listener: () => void): () => void {
    return this.lostListeners.add(listener);
  }

  /** Calls the listener after each reconnect, once all channels are subscribed again. @returns a function that removes it */
  onRestored(listener: () => void): () => void {
    return this.restoredListeners.add(listener);
  }

  /** Replaces the connection, which may be dead without this process knowing. Does nothing soon after the last time. */
  reconnect(): void {
    const now = performance.now();
    if (now - this.replacedAt < ANSWER_MS) return;
    this.replacedAt = now;
    this.redis.disconnect(true);
  }

  private listenersOf(channel: string): Listeners<[text: string]> {
    const listeners = new Listeners<[text: string]>((err) => {
      this.logger.error({ err, channel }, 'a listener of a channel failed');
    });
    this.channels.set(channel, listeners);
    return listeners;
  }

  private async restore(): Promise<void> {
    if (this.channels.size > 0) await this.redis.subscribe(...this.channels.keys());
    this.restoredListeners.call();
  }
}
