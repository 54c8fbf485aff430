import { spawnSync } from 'node:child_process';
import { MongoService } from './mongo-service';
import { RedisService } from './redis-service';

/** The first start may have to fetch jars. */
const START_MS = 180_000;

export const has = (command: string, flag: string): boolean => spawnSync(command, [flag], { stdio: 'ignore' }).status === 0;
const missing = {
  redis: () => !process.env['TEST_REDIS_URL'] && !has('redis-server', '--version') && 'redis-server',
  mongo: () => !process.env['TEST_MONGODB_URI'] && (!has('java', '-version') || !has('mvn', '-version')) && 'java and mvn',
};

export interface Services {
  readonly redis: RedisService;
  readonly mongo: MongoService;
}

/** Replaces tests whose services are not installed by a visible skip; with JUNGLE_BUZZ_REQUIRE_SERVICES=1 a failure. */
export function notInstalled(lacking: readonly string[]): void {
  const required = process.env['JUNGLE_BUZZ_REQUIRE_SERVICES'] === '1';
  const what = `needs ${lacking.join(', ')}, which is not installed`;
  if (!required) console.warn(`SKIPPED: this file ${what}.`);
  (required ? test : test.skip)(`what ${what}`, () => {
    throw new Error(what);
  });
}

/** Registers tests that start services of their own; see notInstalled. */
export function whereInstalled(names: readonly (keyof Services)[], tests: () => void): void {
  const lacking = names.map((name) => missing[name]()).filter((lack) => lack !== false);
  if (lacking.length > 0) notInstalled(lacking);
  else tests();
}

/** Registers tests that need the services, which are started before them and stopped after them; see notInstalled. */
export function withServices<K extends keyof Services>(names: readonly K[], tests: (services: Pick<Services, K>) => void): void {
  whereInstalled(names, () => {
    const services = {} as { -readonly [N in keyof Services]: Services[N] };
    beforeAll(async () => {
      await Promise.all(
        names.map(async (name) => {
          if (name === 'redis') services.redis = await RedisService.shared();
          else services.mongo = await MongoService.shared();
        }),
      );
    }, START_MS);
    afterAll(async () => {
      await Promise.all(names.map((name) => (services as Partial<Services>)[name]?.stop()));
    });
    tests(services);
  });
}
