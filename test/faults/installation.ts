import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { MongoService } from '../support/mongo-service';
import { RedisService } from '../support/redis-service';
import type { Seen } from './history';
import { Link } from './link';
import { ask } from './load';
import { ServerNode, type Role } from './server-node';

/** Settings that must be known when an installation starts. Scenarios with equal setups share one installation. */
export interface Setup {
  readonly env?: Readonly<Record<string, string>>;
  /** Number of processes of a role. Default: by the scale. */
  readonly count?: Partial<Record<Role, number>>;
  /** Whether processes reach MongoDB and Redis through links. */
  readonly linked?: boolean;
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

/** Processes of all roles on one Redis and one MongoDB. */
export class Installation {
  /** File that names the fail-point at which the next worker is killed, see patches/fail-point. */
  readonly armed: string;
  readonly tokens: string[] = [];
  private trials = 0;

  private constructor(
    readonly scale: Scale,
    readonly redis: RedisService,
    readonly mongo: MongoService,
    readonly links: Readonly<Record<'redisOfApi' | 'redisOfOthers' | 'mongoOfWorker' | 'mongoOfOthers', Link>>,
    readonly nodes: readonly ServerNode[],
    readonly redisUrl: string,
    private readonly client: mongo.MongoClient,
    private readonly folder: string,
  ) {
    this.armed = join(folder, 'armed');
  }

  /** @param patches files of ./patches for all processes */
  static async open(scale: Scale, setup: Setup = {}, patches: readonly string[] = []): Promise<Installation> {
    const [redis, mongoService] = await Promise.all([RedisService.start(), MongoService.start()]);
    const [redisOfApi, redisOfOthers, mongoOfWorker, mongoOfOthers] = await Promise.all([
      Link.to(redis.url),
      Link.to(redis.url),
      Link.to(mongoService.url),
      Link.to(mongoService.url),
    ]);
    const [redisUrl, mongoUrl] = [await redis.empty(), mongoService.empty()];
    const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-faults-'));
    const nodes: ServerNode[] = [];
    for (const role of ['api', 'live', 'worker'] as const) {
      const mongoLink = role === 'worker' ? mongoOfWorker : mongoOfOthers;
      const redisLink = role === 'api' ? redisOfApi : redisOfOthers;
      const env = {
        REDIS_URL: setup.linked ? redisLink.url(redisUrl) : redisUrl,
        MONGODB_URI: setup.linked ? mongoLink.url(mongoUrl) : mongoUrl,
        JWT_SECRET: 'a secret of the fault suite, long enough',
        // Sessions must not expire, even if a clock is wrong.
        JWT_EXPIRES_IN: '1d',
        // Small values, so that flushes, commits and trims happen all the time.
        FLUSH_INTERVAL_MS: '250',
        LOG_RETAIN: '500',
        FAULT_FILE: join(folder, 'armed'),
        ...setup.env,
      };
      const own = role === 'worker' ? ['fail-point', 'poison', ...(setup.patches ?? []), ...patches] : patches;
      for (let i = 1; i <= (setup.count?.[role] ?? scale.processes); i++)
        nodes.push(await ServerNode.make(`${role}${i}`, role, env, own));
    }
    const client = new mongo.MongoClient(mongoUrl, { serverSelectionTimeoutMS: 2_000 });
    const links = { redisOfApi, redisOfOthers, mongoOfWorker, mongoOfOthers };
    const installation = new Installation(scale, redis, mongoService, links, nodes, redisUrl, client, folder);
    try {
      await installation.start();
    } catch (error) {
      await installation.close();
      throw error;
    }
    return installation;
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

  /** Highest offset in the store. */
  async stored(): Promise<number> {
    const newest = (name: string) => this.collection(name).find().sort({ offset: -1 }).limit(1).toArray();
    const found = await Promise.all(['chats', 'deadLetters'].map(newest));
    return Math.max(0, ...found.flat().map((document) => Number(document['offset'])));
  }

  /**
   * Removes the messages of a finished trial from the store, except the last one: the MongoDB of the tests scans every
   * document for every page.
   */
  async forget(rooms: readonly string[]): Promise<void> {
    const highest = await this.stored();
    await this.collection('chats').deleteMany({ room: { $in: [...rooms] }, offset: { $lt: highest } });
  }

  async head(): Promise<number> {
    return Number(await this.state('offset'));
  }

  async committed(): Promise<number> {
    return Number(await this.state('committed'));
  }

  /** The log's epoch. */
  async epoch(): Promise<string> {
    const epoch = await this.state('epoch');
    if (epoch === null) throw new Error('the log has no epoch');
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
    await Promise.all([this.redis.stop(), this.mongo.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.start()));
    for (let i = 0; i < WRITERS; i++) this.tokens.push(await this.register(`writer_${i}`));
  }

  private state(field: string): Promise<string | null> {
    return this.redis.ask(this.redisUrl, (redis) => redis.hget('jb:{log0}:state', field));
  }
}
