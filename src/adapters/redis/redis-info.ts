import type { Redis } from 'ioredis';

/** A field of INFO's reply, which is lines of `name:value`. */
export const infoField = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];

/** @returns undefined if the server refuses CONFIG, as managed ones do */
export async function appendfsync(redis: Redis): Promise<string | undefined> {
  const reply = (await redis.config('GET', 'appendfsync').catch(() => [])) as string[];
  return reply[1];
}
