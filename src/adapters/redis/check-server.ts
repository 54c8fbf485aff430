import type { Redis } from 'ioredis';
import { StartupError } from '../../domain/startup-error';
import { isForbidden, serverAt } from './connect';
import { infoField } from './redis-info';

/** The first version with flags of scripts. */
const OLDEST_MAJOR = 7;

/**
 * Checks version, role, settings and database of a server.
 * @throws StartupError one line that names REDIS_URL and says what to change; the error of Redis if there is no answer
 */
export async function checkServer(redis: Redis, url: string): Promise<{ readonly keepsFile: boolean }> {
  const refuse = (problem: string): never => {
    throw new StartupError(`REDIS_URL: ${serverAt(url)} ${problem}`);
  };
  const info = await redis.info().catch((error: unknown) => {
    if (isForbidden(error)) return refuse('refuses the command INFO to this user: allow it (ACL SETUSER <user> +info).');
    throw error;
  });
  if (infoField(info, 'loading') === '1') throw new Error('LOADING Redis is loading its data');
  const mode = infoField(info, 'redis_mode');
  if (mode === 'sentinel') refuse('is a Sentinel: use the address of the primary that it watches.');
  if (mode === 'cluster') refuse('is a node of a Redis Cluster: use a Redis without cluster mode.');
  if (infoField(info, 'role') === 'slave') refuse('is a replica, which accepts no writes: use the address of its primary.');
  const version = infoField(info, 'redis_version') ?? '0';
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) refuse(`is version ${version}: use ${OLDEST_MAJOR}.0 or newer.`);
  const policy = infoField(info, 'maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    refuse(`drops messages when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`);
  }
  const database = redis.options.db ?? 0;
  // ioredis selects it at each connect, and stays with database 0 if that fails.
  await redis.select(database).catch((error: unknown) => {
    if (error instanceof Error && /out of range/i.test(error.message)) {
      refuse(`has no database ${database}: use a smaller number in the address, or raise its setting databases.`);
    }
    throw error;
  });
  return { keepsFile: infoField(info, 'aof_enabled') !== '0' };
}
