import type { Logger } from '../../src/ports/logger';
import { TestApp } from './app';
import type { Services } from './services';

const SECRET = 'a secret of the tests, long enough for the check';

/** An installation of the clustered engine: any number of apps, each with its roles, on one Redis and one MongoDB. */
export class Cluster {
  private constructor(readonly env: Record<string, string>) {}

  /** On an empty database of each service. */
  static async on({ redis, mongo }: Services, env: Record<string, string> = {}): Promise<Cluster> {
    return new Cluster({
      REDIS_URL: await redis.empty(),
      MONGODB_URI: mongo.empty(),
      JWT_SECRET: SECRET,
      FLUSH_INTERVAL_MS: '200',
      ...env,
    });
  }

  /** @param roles as ROLES is written */
  start(roles: string, env: Record<string, string> = {}, logger?: Logger): Promise<TestApp> {
    return TestApp.start({ ...this.env, ROLES: roles, ...env }, {}, undefined, logger);
  }
}
