import { GraphQLError, createSourceEventStream, getOperationAST, getVariableValues, type GraphQLSchema } from 'graphql';
import { DomainError, unavailable } from '../domain/errors';
import type { LogPosition } from '../domain/position';
import type { Viewer } from '../domain/user';
import type { ChatFeeds } from './chat-feeds';
import { noLiveMetrics, type LiveMetrics } from './live-metrics';
import { TOO_SLOW, type Connection, type Subscribed } from './delivery/connection';
import { DeliveryPressure } from './delivery/delivery-pressure';
import { Group, type Member } from './delivery/group';
import { LiveSource, TOPICS, type Topic, type TopicEvents } from './live-source';
import type { Operation } from './operations';
import { SubscriptionHandle } from './delivery/subscription-handle';
import { PayloadCache, replay } from './replay';
import { DeliveryScheduler } from './delivery/delivery-scheduler';

/** Different documents and variables that may be subscribed in one room. */
export const MAX_GROUPS_PER_ROOM = 256;
/** Different documents that one connection may subscribe with. */
export const MAX_DOCUMENTS_PER_SOCKET = 8;

export interface HubOptions {
  readonly schema: GraphQLSchema;
  /** Context of every execution. Executions are shared, so it must not depend on a viewer. */
  readonly contextValue: object;
  readonly feed: ChatFeeds;
  /** Whether there is such a room for the viewer. @throws DomainError UNAVAILABLE while the store cannot be reached */
  readonly mayRead: (viewer: Viewer | null, room: string) => Promise<boolean>;
  readonly formatError: (error: unknown) => object;
  readonly metrics?: LiveMetrics;
}

/** Is notified when connections of this process enter and leave rooms. */
export interface RoomObserver {
  /** The connection began its first subscription to newChat or roomActivity of the room. */
  entered(room: string, connection: Connection): void;
  /** The last of these subscriptions ended. */
  left(room: string, connection: Connection): void;
}

/** A checked subscription that can begin. */
export interface Accepted extends Subscribed {
  readonly variables: Readonly<Record<string, unknown>>;
  /** `LiveHub.accessChanges` before the viewer was checked. */
  readonly accessChanges: number;
}

/**
 * Delivers every event to its subscribers. An event is executed and serialised once per group; a group is all subscriptions with the
 * same document and variables, except for arguments that only say where to begin.
 */
export class LiveHub {
  /** Groups by topic and room, then by document and variables. */
  private readonly channels = new Map<string, Map<string, Group>>();
  private readonly groupsOfRoom = new Map<string, number>();
  private readonly scheduler = new DeliveryScheduler();
  private readonly pressure = new DeliveryPressure();
  private readonly payloads = new PayloadCache();
  private readonly metrics: LiveMetrics;
  private observer: RoomObserver | undefined;
  /** Number of calls of `accessChanged`. */
  private accessChanges = 0;
  private readonly stopListening: readonly (() => void)[];

  constructor(private readonly options: HubOptions) {
    this.metrics = options.metrics ?? noLiveMetrics;
    this.stopListening = [
      options.feed.onChats((room, chats) => {
        for (const chat of chats) this.publish('newChat', room, chat);
      }),
      options.feed.onEpoch((isExpired) => {
        this.expireCursors(isExpired);
      }),
    ];
  }

  stop(): void {
    for (const stop of this.stopListening) stop();
    this.scheduler.stop();
  }

  observe(observer: RoomObserver): void {
    this.observer = observer;
  }

  /** Number of groups. */
  get groupCount(): number {
    let count = 0;
    for (const channel of this.channels.values()) count += channel.size;
    return count;
  }

  /** Number of subscriptions by subscription field. */
  subscriptions(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [name, channel] of this.channels) {
      const topic = name.slice(0, name.indexOf(':'));
      for (const { members, replaying } of channel.values()) {
        counts.set(topic, (counts.get(topic) ?? 0) + members.size + replaying.size);
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

  /** Drops the cached payloads. To be called when stored messages have changed. */
  clearPayloads(): void {
    this.payloads.clear();
  }

  /** Rooms with subscriptions. */
  rooms(): Iterable<string> {
    return this.groupsOfRoom.keys();
  }

  /** The subscriptions of a room, of all topics. */
  membersIn(room: string): Member[] {
    const groups = TOPICS.flatMap((topic) => [...(this.channels.get(channelOf(topic, room))?.values() ?? [])]);
    return groups.flatMap(({ members, replaying }) => [...members, ...replaying]);
  }

  /** Says that somebody may no longer read a room, so that subscriptions which are being accepted are checked again. */
  accessChanged(): void {
    this.accessChanges++;
  }

  /**
   * Checks the variables, and whether the viewer may read the room.
   * @param isScreen whether the client is a screen, which is no person in the room
   * @returns the errors if the subscription is refused
   */
  async accept(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
    viewer: Viewer | null,
    isScreen: boolean,
  ): Promise<Accepted | readonly unknown[]> {
    const errors = this.checkVariables(operation, variables);
    if (errors.length > 0) return errors;
    const source = await createSourceEventStream({
      schema: this.options.schema,
      document: operation.document,
      contextValue: this.options.contextValue,
      variableValues: variables,
      operationName: operation.operationName,
    });
    if ('errors' in source) return source.errors ?? [];
    if (!(source instanceof LiveSource))
      throw new Error('the subscribe function of a subscription field did not return a LiveSource');
    const { accessChanges } = this;
    if (!(await this.options.mayRead(viewer, source.room))) return [new DomainError('NOT_FOUND', 'There is no such room.')];
    // newChat follows its room as part of its replay.
    if (source.topic === 'moodChanged') await this.options.feed.follow(source.room);
    return { source, operation, isPresent: countsAsPresent(source) && !isScreen, variables, accessChanges };
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
   * Begins the subscription.
   * @param id chosen by the client
   * @param onLive called when the replay is complete and the next event will be a live one
   * @returns the handle, which rejects if the subscription is refused or ends with an error
   */
  subscribe(connection: Connection, id: string, accepted: Accepted, onLive?: () => void): SubscriptionHandle {
    const { source, operation, isPresent } = accepted;
    let member: Member | undefined;
    const handle = new SubscriptionHandle(() => {
      if (member) this.remove(member);
    });
    try {
      const group = this.groupFor(connection, accepted);
      const idText = JSON.stringify(id).slice(1, -1);
      member = { connection, group, handle, source, operation, isPresent, id: idText, onLive, from: Infinity };
    } catch (error) {
      handle.fail(error);
      return handle;
    }
    this.add(member);
    if (accepted.accessChanges !== this.accessChanges) this.checkAgain(member);
    if (source.topic === 'newChat') this.catchUp(member);
    else this.join(member);
    return handle;
  }

  private checkAgain({ connection, source, handle }: Member): void {
    this.options.mayRead(connection.viewer, source.room).then(
      (mayRead) => {
        if (!mayRead) handle.fail(new DomainError('NOT_FOUND', 'There is no such room.'));
      },
      (error: unknown) => {
        handle.fail(error);
      },
    );
  }

  private groupFor(connection: Connection, { source, operation, variables }: Accepted): Group {
    const documents = new Set([...connection.subscriptions].map((member) => member.operation.text));
    if (documents.size >= MAX_DOCUMENTS_PER_SOCKET && !documents.has(operation.text)) {
      throw unavailable(
        `A socket can subscribe with at most ${MAX_DOCUMENTS_PER_SOCKET} different documents. Use the same document with variables.`,
      );
    }
    const { coerced } = getVariableValues(this.options.schema, operation.variables, variables);
    const key = `${operation.text}\n${JSON.stringify(coerced)}`;
    const channelName = channelOf(source.topic, source.room);
    const channel = this.channels.get(channelName) ?? new Map<string, Group>();
    const known = channel.get(key);
    if (known) return known;
    const inRoom = this.groupsOfRoom.get(source.room) ?? 0;
    if (inRoom >= MAX_GROUPS_PER_ROOM) {
      throw unavailable('Too many different documents are subscribed in this room. Use a common set of fields.');
    }
    const group = new Group(
      { ...this.options, metrics: this.metrics, pressure: this.pressure },
      operation.shared,
      pick(operation, variables),
      () => {
        channel.delete(key);
        if (channel.size === 0) this.channels.delete(channelName);
        const others = (this.groupsOfRoom.get(source.room) ?? 1) - 1;
        if (others > 0) this.groupsOfRoom.set(source.room, others);
        else this.groupsOfRoom.delete(source.room);
      },
    );
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
          cache: this.payloads,
          schedule: (step) => {
            this.scheduler.addReplayStep(step);
          },
          onFailure: () => {
            this.metrics.gapFailure();
          },
        },
      );
    };
    if (member.source.after) begin(member.source.after);
    else
      // Followed first: nothing before the head has to be read then.
      Promise.resolve(feed.follow(member.source.room))
        .then(() => feed.head(member.source.room))
        .then(begin, (error: unknown) => {
          member.handle.fail(error);
        });
  }

  private add(member: Member): void {
    const { connection, group, source, isPresent } = member;
    group.replaying.add(member);
    const first = isPresent && !isIn(connection, source.room);
    connection.subscriptions.add(member);
    if (first) this.observer?.entered(source.room, connection);
  }

  /** From now on the member gets every event of its group. */
  private join(member: Member): void {
    const { group } = member;
    if (member.handle.ended) return;
    group.replaying.delete(member);
    member.from = group.events;
    group.members.add(member);
    member.onLive?.();
  }

  private remove(member: Member): void {
    const { connection, group, source, isPresent } = member;
    if (!connection.subscriptions.delete(member)) return;
    group.members.delete(member);
    group.replaying.delete(member);
    if (group.empty) {
      group.dispose();
      this.scheduler.remove(group);
    }
    if (isPresent && !isIn(connection, source.room)) this.observer?.left(source.room, connection);
  }

  private expireCursors(isExpired: (room: string) => boolean): void {
    const prefix = channelOf('newChat', '');
    for (const [name, channel] of this.channels) {
      if (!name.startsWith(prefix) || !isExpired(name.slice(prefix.length))) continue;
      for (const group of channel.values()) {
        for (const { handle } of [...group.members, ...group.replaying]) handle.fail(new DomainError('CURSOR_EXPIRED'));
      }
    }
  }
}

const channelOf = (topic: Topic, room: string): string => `${topic}:${room}`;

/** The variables that the operation uses. A function of its own, so that no closure of a group keeps the others. */
const pick = ({ variables: used }: Operation, values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    used
      .map(({ variable }) => variable.name.value)
      .filter((name) => Object.hasOwn(values, name))
      .map((name) => [name, values[name]]),
  );

/** Whether a person with the subscription is present in the room. */
const countsAsPresent = ({ topic }: LiveSource): boolean => topic === 'newChat' || topic === 'roomActivity';

function isIn(connection: Connection, room: string): boolean {
  for (const { source, isPresent } of connection.subscriptions) if (isPresent && source.room === room) return true;
  return false;
}
