import { GraphQLError, createSourceEventStream, getOperationAST, getVariableValues, type GraphQLSchema } from 'graphql';
import { DomainError, unavailable } from '../domain/errors';
import type { LogPosition } from '../domain/position';
import type { ChatFeed } from './chat-feed';
import { noLiveMetrics, type LiveMetrics } from './live-metrics';
import { TOO_SLOW, type Connection } from './delivery/connection';
import { Group, type Member } from './delivery/group';
import { LiveSource, type Topic, type TopicEvents } from './live-source';
import type { Operation } from './operations';
import { SubscriptionHandle } from './delivery/subscription-handle';
import { PayloadCache, replay } from './replay';
import { DeliveryScheduler } from './delivery/delivery-scheduler';

export const MAX_GROUPS_PER_ROOM = 256;
export const MAX_DOCUMENTS_PER_SOCKET = 8;

export interface HubOptions {
  readonly schema: GraphQLSchema;
  /** Given to every resolver; the same for all, so it may hold nothing of any viewer. */
  readonly contextValue: object;
  readonly feed: ChatFeed;
  /** @throws DomainError UNAVAILABLE while that cannot be known */
  readonly roomExists: (room: string) => Promise<boolean>;
  readonly formatError: (error: unknown) => object;
  readonly metrics?: LiveMetrics;
}

/** Hears who is in which room, as far as sockets of this process go. */
export interface RoomObserver {
  /** The connection's first subscription to newChat or roomActivity of the room. */
  entered(room: string, connection: Connection): void;
  /** Its last one ended. */
  left(room: string, connection: Connection): void;
}

/** What a `subscribe` message asked for: checked, and ready to begin. */
export interface Accepted {
  readonly source: LiveSource;
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Brings every event to everybody who asked for it: executed and serialised once per group, written once per socket and turn.
 * Group: all with the same document and variables, apart from those that only say where to begin.
 */
export class LiveHub {
  /** By topic and room, then by document and variables. */
  private readonly channels = new Map<string, Map<string, Group>>();
  private readonly groupsOfRoom = new Map<string, number>();
  private readonly scheduler = new DeliveryScheduler();
  private readonly cache = new PayloadCache();
  private readonly metrics: LiveMetrics;
  private observer: RoomObserver | undefined;
  private readonly unlisten: () => void;

  constructor(private readonly options: HubOptions) {
    this.metrics = options.metrics ?? noLiveMetrics;
    this.unlisten = options.feed.listen({
      chats: (room, chats) => {
        for (const chat of chats) this.publish('newChat', room, chat);
      },
      epoch: () => {
        this.expireCursors();
      },
    });
  }

  stop(): void {
    this.unlisten();
    this.scheduler.stop();
  }

  observe(observer: RoomObserver): void {
    this.observer = observer;
  }

  /** Groups with members. */
  get groupCount(): number {
    let count = 0;
    for (const channel of this.channels.values()) count += channel.size;
    return count;
  }

  /** Subscriptions by the field they are to. */
  subscriptions(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [name, channel] of this.channels) {
      const topic = name.slice(0, name.indexOf(':'));
      for (const { members, waiting } of channel.values()) {
        counts.set(topic, (counts.get(topic) ?? 0) + members.size + waiting.size);
      }
    }
    return counts;
  }

  hasSubscribers(topic: Topic, room: string): boolean {
    return this.channels.has(channelOf(topic, room));
  }

  roomsOf(topic: Topic): string[] {
    const prefix = channelOf(topic, '');
    return [...this.channels.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  publish<T extends Topic>(topic: T, room: string, event: TopicEvents[T]): void {
    const channel = this.channels.get(channelOf(topic, room));
    if (!channel) return;
    this.metrics.event(topic);
    for (const group of channel.values()) {
      if (group.add(event)) this.scheduler.add(group);
      else for (const { connection } of group.members) connection.close(TOO_SLOW, 'Overloaded, resume from your cursor');
    }
  }

  /** Payloads made of old messages are out of date. */
  forget(): void {
    this.cache.clear();
  }

  /** Asks the schema what the operation is about. @returns the reasons if it is refused */
  async accept(operation: Operation, variables: Readonly<Record<string, unknown>>): Promise<Accepted | readonly unknown[]> {
    const wrong = this.checkVariables(operation, variables);
    if (wrong.length > 0) return wrong;
    const source = await createSourceEventStream({
      schema: this.options.schema,
      document: operation.document,
      contextValue: this.options.contextValue,
      variableValues: variables,
      operationName: operation.operationName,
    });
    if ('errors' in source) return source.errors ?? [];
    if (!(source instanceof LiveSource)) throw new Error('a subscription field answered something else than a LiveSource');
    if (await this.options.roomExists(source.room)) return { source, operation, variables };
    return [new DomainError('NOT_FOUND', 'There is no such room.')];
  }

  private checkVariables(
    { document, operationName }: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): readonly unknown[] {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const result = getVariableValues(this.options.schema, definitions, variables);
    return (result.errors ?? []).map((error) =>
      error.originalError instanceof DomainError
        ? error.originalError
        : new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } }),
    );
  }

  /**
   * Registers the subscription.
   * @param id of the subscription, as the client chose it
   * @param joined called when everything since its place is on its way and the next event will come live
   * @returns what graphql-ws keeps; it rejects where the subscription is refused or ends with an error
   */
  subscribe(connection: Connection, id: string, accepted: Accepted, joined?: () => void): SubscriptionHandle {
    const { source, operation } = accepted;
    let member: Member | undefined;
    const parked = new SubscriptionHandle(() => {
      if (member) this.leave(member);
    });
    try {
      const group = this.groupFor(connection, accepted);
      const idText = JSON.stringify(id).slice(1, -1);
      member = { connection, group, parked, source, operation, id: idText, joined, from: Infinity };
    } catch (error) {
      parked.fail(error);
      return parked;
    }
    this.enter(member);
    if (source.topic === 'newChat') this.catchUp(member);
    else this.join(member);
    return parked;
  }

  private groupFor(connection: Connection, { source, operation, variables }: Accepted): Group {
    const documents = new Set([...connection.subscriptions].map((member) => member.operation.text));
    if (documents.size >= MAX_DOCUMENTS_PER_SOCKET && !documents.has(operation.text)) {
      throw unavailable(`This socket has ${MAX_DOCUMENTS_PER_SOCKET} different documents already.`);
    }
    const { coerced } = getVariableValues(this.options.schema, operation.variables, variables);
    const key = `${operation.text}\n${JSON.stringify(coerced)}`;
    const channelName = channelOf(source.topic, source.room);
    const channel = this.channels.get(channelName) ?? new Map<string, Group>();
    const known = channel.get(key);
    if (known) return known;
    const inRoom = this.groupsOfRoom.get(source.room) ?? 0;
    if (inRoom >= MAX_GROUPS_PER_ROOM) {
      throw unavailable('Too many different documents are subscribed in this room. Ask for fields that others ask for.');
    }
    const used = Object.fromEntries(
      operation.variables
        .map(({ variable }) => variable.name.value)
        .filter((name) => Object.hasOwn(variables, name))
        .map((name) => [name, variables[name]]),
    );
    const group = new Group({ ...this.options, metrics: this.metrics }, operation.shared, used, () => {
      channel.delete(key);
      if (channel.size === 0) this.channels.delete(channelName);
      const left = (this.groupsOfRoom.get(source.room) ?? 1) - 1;
      if (left > 0) this.groupsOfRoom.set(source.room, left);
      else this.groupsOfRoom.delete(source.room);
    });
    channel.set(key, group);
    this.channels.set(channelName, channel);
    this.groupsOfRoom.set(source.room, inRoom + 1);
    return group;
  }

  private catchUp(member: Member): void {
    const { feed } = this.options;
    const begin = (from: LogPosition): void => {
      this.metrics.replay();
      replay(
        member,
        { ...from, room: member.source.room },
        () => {
          this.join(member);
        },
        {
          feed,
          cache: this.cache,
          soon: (step) => {
            this.scheduler.soon(step);
          },
          refused: () => {
            this.metrics.gapFailure();
          },
        },
      );
    };
    if (member.source.after) begin(member.source.after);
    else
      feed.head().then(begin, (error: unknown) => {
        member.parked.fail(error);
      });
  }

  private enter(member: Member): void {
    const { connection, group, source } = member;
    group.waiting.add(member);
    const first = countsAsPresent(source) && !isIn(connection, source.room);
    connection.subscriptions.add(member);
    if (first) this.observer?.entered(source.room, connection);
  }

  /** From here on the member gets every event of its group. */
  private join(member: Member): void {
    const { group } = member;
    if (member.parked.over) return;
    group.waiting.delete(member);
    member.from = group.events;
    group.members.add(member);
    member.joined?.();
  }

  private leave(member: Member): void {
    const { connection, group, source } = member;
    if (!connection.subscriptions.delete(member)) return;
    group.members.delete(member);
    group.waiting.delete(member);
    if (group.empty) {
      group.dispose();
      this.scheduler.remove(group);
    }
    if (countsAsPresent(source) && !isIn(connection, source.room)) this.observer?.left(source.room, connection);
  }

  private expireCursors(): void {
    for (const [name, channel] of this.channels) {
      if (!name.startsWith('newChat:')) continue;
      for (const group of channel.values()) {
        for (const { parked } of [...group.members, ...group.waiting]) parked.fail(new DomainError('CURSOR_EXPIRED'));
      }
    }
  }
}

const channelOf = (topic: Topic, room: string): string => `${topic}:${room}`;

const countsAsPresent = ({ topic }: LiveSource): boolean => topic === 'newChat' || topic === 'roomActivity';

function isIn(connection: Connection, room: string): boolean {
  for (const { source } of connection.subscriptions) if (source.room === room && countsAsPresent(source)) return true;
  return false;
}
