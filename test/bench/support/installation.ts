import { MongoService } from '../../support/mongo-service';
import { RedisService } from '../../support/redis-service';
import { ServerProcess, usageOf } from '../../support/server-process';

/** The clustered engine in separate processes: the services, and a server for each role. */
export interface Installation {
  readonly redis: RedisService;
  readonly mongo: MongoService;
  readonly redisUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** By role, numbered where there are several: api1, api2, worker. */
  readonly servers: ReadonlyMap<string, ServerProcess>;
  /** Processor seconds of everything so far, by name; the services are redis and mongo. */
  cpuSeconds(): Map<string, number>;
  stop(): Promise<void>;
}

export interface InstallationOptions {
  readonly redisSettings?: readonly string[];
  /** Settings of all servers. */
  readonly settings?: Readonly<Record<string, string>>;
  /** MongoDB's stand-in keeps everything in memory, and so takes more messages a second. */
  readonly inMemory?: boolean;
  /** Folder of the project whose build is started. */
  readonly root?: string;
}

export async function openInstallation(
  roles: readonly string[],
  { redisSettings = [], settings = {}, inMemory = false, root }: InstallationOptions = {},
): Promise<Installation> {
  const [redis, mongo] = await Promise.all([
    RedisService.start(redisSettings),
    inMemory ? MongoService.inMemory() : MongoService.start(),
  ]);
  const redisUrl = await redis.empty();
  const secret = 'a secret of the benches, long enough for it';
  const env = { REDIS_URL: redisUrl, MONGODB_URI: mongo.empty(), JWT_SECRET: secret, ...settings };
  const servers = new Map<string, ServerProcess>();
  const stop = async (): Promise<void> => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await Promise.all([redis.stop(), mongo.stop()]);
  };
  try {
    for (const name of roles) {
      servers.set(name, await ServerProcess.start({ ...env, ROLES: name.replace(/\d+$/, '') }, undefined, root));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    redis,
    mongo,
    redisUrl,
    env,
    servers,
    cpuSeconds: () =>
      new Map([
        ...[...servers].map(([name, server]) => [name, server.usage().cpuSeconds] as const),
        ...Object.entries({ redis: redis.pid, mongo: mongo.pid }).map(([name, pid]) => [name, usageOf(pid).cpuSeconds] as const),
      ]),
    stop,
  };
}

/** The offsets of the log's head and of the store. */
export function placeOf({ redis, redisUrl }: Installation): Promise<{ readonly offset: number; readonly committed: number }> {
  return redis.ask(redisUrl, async (client) => {
    const [offset, committed] = await client.hmget('jb:{log0}:state', 'offset', 'committed');
    return { offset: Number(offset), committed: Number(committed) };
  });
}
