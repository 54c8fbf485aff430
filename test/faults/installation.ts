import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { MongoService } from '../support/mongo-service';
import type { RedisService } from '../support/redis-service';
import { bandOf } from '../../src/domain/partition';
import type { Seen } from './history';
import { Link } from './link';
import { ask } from './load';
import { RedisServers } from './redis-servers';
import { ServerNode, type Role } from './server-node';

/** Settings that must be known when an installation starts. Scenarios with equal setups share one installation. */
export interface Setup {
  readonly env?: Readonly<Record<string, string>>;
  /** Number of processes of a role. Default: by the scale. */
  readonly count?: Partial<Record<Role, number>>;
  /** Whether processes reach MongoDB and Redis through links. */
  readonly linked?: boolean;
  /** Number of Redis servers. Default: 1. A link leads to the first one only. */
  readonly redises?: number;
  /** Number of partitions of the log. Default: 1. */
  readonly partitions?: number;
  /** Files of ./patches for the workers. */
  readonly patches?: readonly string[];
}

export interface Scale {
  readonly seed: number;
  /** Factor for the length of outages: 1 as described, smaller in tests. */
  readonly outage: number;
  readonly perSecond: number;
  readonly subscribers: number;
  /** Processes of each role. */
  readonly processes: number;
  /** Time limit for the automatic recovery, in milliseconds. */
  readonly settleMs: number;
}

const WRITERS = 20;
/** A machine under load sometimes answers late. */
const REGISTER_TRIES = 10;
const PASSWORD = 'fault-pass-1';

/** Processes of all roles on one MongoDB and one Redis, or several. */
export class Installation {
  /** File that names the fail-point at which the next process is killed, see patches/fail-point. */
  readonly armed: string;
  readonly tokens: string[] = [];
  private trials = 0;

  private constructor(
    readonly scale: Scale,
    readonly servers: RedisServers,
    readonly mongo: MongoService,
    readonly links: Readonly<Record<'redisOfApi' | 'redisOfOthers' | 'mongoOfWorker' | 'mongoOfOthers', Link>>,
    readonly nodes: readonly ServerNode[],
    private readonly client: mongo.MongoClient,
    private readonly folder: string,
  ) {
    this.armed = join(folder, 'armed');
  }

  /** @param patches files of ./patches for all processes */
  static async open(scale: Scale, setup: Setup = {}, patches: readonly string[] = []): Promise<Installation> {
    const [servers, mongoService] = await Promise.all([
      RedisServers.start(setup.redises, setup.partitions),
      MongoService.start(),
    ]);
    const { url: redisUrl } = servers.first;
    const [redisOfApi, redisOfOthers, mongoOfWorker, mongoOfOthers] = await Promise.all([
      Link.to(redisUrl),
      Link.to(redisUrl),
      Link.to(mongoService.url),
      Link.to(mongoService.url),
    ]);
    const mongoUrl = mongoService.empty();
    const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-faults-'));
    const nodes: ServerNode[] = [];
    for (const role of ['api', 'live', 'worker'] as const) {
      const mongoLink = role === 'worker' ? mongoOfWorker : mongoOfOthers;
      const redisLink = role === 'api' ? redisOfApi : redisOfOthers;
      const env = {
        REDIS_URL: setup.linked ? redisLink.url(redisUrl) : servers.url,
        MONGODB_URI: setup.linked ? mongoLink.url(mongoUrl) : mongoUrl,
        JWT_SECRET: 'a secret of the fault suite, long enough',
        // Sessions must not expire, even if a clock is wrong.
        JWT_EXPIRES_IN: '1d',
        // Small values, so that flushes, commits and trims happen all the time.
        FLUSH_INTERVAL_MS: '250',
        LOG_RETAIN: '500',
        ...(setup.partitions && { LOG_PARTITIONS: String(setup.partitions) }),
        FAULT_FILE: join(folder, 'armed'),
        ...setup.env,
      };
      const own = { api: ['fail-point'], live: [], worker: ['fail-point', 'poison', ...(setup.patches ?? [])] }[role];
      for (let i = 1; i <= (setup.count?.[role] ?? scale.processes); i++)
        nodes.push(await ServerNode.make(`${role}${i}`, role, env, [...own, ...patches]));
    }
    const client = new mongo.MongoClient(mongoUrl, { serverSelectionTimeoutMS: 10_000 });
    const links = { redisOfApi, redisOfOthers, mongoOfWorker, mongoOfOthers };
    const installation = new Installation(scale, servers, mongoService, links, nodes, client, folder);
    try {
      await installation.start();
    } catch (error) {
      await installation.close();
      throw error;
    }
    return installation;
  }

  /** The Redis of an installation that has one. */
  get redis(): RedisService {
    return this.servers.first.service;
  }

  get redisUrl(): string {
    return this.servers.first.url;
  }

  of(role: Role): ServerNode[] {
    return this.nodes.filter((node) => node.role === role);
  }

  node(name: string): ServerNode {
    const found = this.nodes.find((node) => node.name === name);
    if (!found) throw new Error(`no process ${name}`);
    return found;
  }

  /** Room names that are unique for each trial. */
  nextTrial(): number {
    return ++this.trials;
  }

  /** Waits for a described time multiplied by the scale. */
  async seconds(described: number): Promise<void> {
    await delay(described * 1_000 * this.scale.outage);
  }

  /** Direct access to the store, without the code under test. */
  collection(name: string): mongo.Collection<mongo.Document & { _id: string | number }> {
    return this.client.db().collection(name);
  }

  /** The stored messages of a room, oldest first. */
  async storedIn(room: string): Promise<Seen[]> {
    const chats = await this.collection('chats').find({ room }).toArray();
    const letters = await this.collection('deadLetters').find({ room }).toArray();
    return [...chats.map((chat) => ({ ...chat, id: chat._id })), ...letters]
      .map((chat: mongo.Document) => ({
        id: String(chat['id']),
        text: String(chat['text']),
        place: { epoch: String(chat['epoch']), offset: Number(chat['offset']) },
      }))
      .sort((a, b) => a.place.offset - b.place.offset);
  }

  /** Highest offset of a partition in the store; 0 if it has none. */
  async stored(partition = 0): Promise<number> {
    const { base, last } = bandOf(partition, this.servers.partitions);
    const inBand = { offset: { $gt: base, $lte: last } };
    const newest = (name: string) => this.collection(name).find(inBand).sort({ offset: -1 }).limit(1).toArray();
    const found = await Promise.all(['chats', 'deadLetters'].map(newest));
    return Math.max(0, ...found.flat().map((document) => Number(document['offset'])));
  }

  /**
   * Removes the messages of a finished trial from the store, except the last one of each partition: the MongoDB of the tests
   * scans every document for every page.
   */
  async forget(rooms: readonly string[]): Promise<void> {
    for (const partition of new Set(rooms.map((room) => this.servers.partitionOf(room)))) {
      const { base } = bandOf(partition, this.servers.partitions);
      const offset = { $gt: base, $lt: await this.stored(partition) };
      await this.collection('chats').deleteMany({ room: { $in: [...rooms] }, offset });
    }
  }

  /** Newest offset of each partition. */
  async heads(): Promise<number[]> {
    return (await this.servers.states()).map(({ head }) => head);
  }

  /** Whether everything up to these heads is stored, as the log knows. */
  async hasStored(heads: readonly number[]): Promise<boolean> {
    return (await this.servers.states()).every(({ committed }, i) => committed >= (heads[i] ?? 0));
  }

  /** Number of messages that wait for the store. */
  async waiting(): Promise<number> {
    return (await this.servers.states()).reduce((sum, { head, committed }) => sum + Math.max(0, head - committed), 0);
  }

  /** The epoch of a partition. */
  async epoch(partition = 0): Promise<string> {
    const { epoch } = await this.servers.state(partition);
    if (epoch === undefined) throw new Error('the log has no epoch');
    return epoch;
  }

  /** @returns an access token */
  async register(username: string): Promise<string> {
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
    for (let tries = 1; ; tries++) {
      // An attempt without an answer may have registered the name.
      const input = { username: tries === 1 ? username : `${username}_${tries}`, password: PASSWORD };
      try {
        const { register } = await ask<{ register: { accessToken: string } }>(this.node('api1'), query, { input });
        return register.accessToken;
      } catch (error) {
        if (tries === REGISTER_TRIES) throw error;
        await delay(1_000);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.end('SIGKILL')));
    await this.client.close();
    await Promise.all(Object.values(this.links).map((link) => link.close()));
    await Promise.all([this.servers.stop(), this.mongo.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.start()));
    for (let i = 0; i < WRITERS; i++) this.tokens.push(await this.register(`writer_${i}`));
  }
}
