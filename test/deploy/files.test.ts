import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gte } from 'semver';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/config';
import { SETTINGS } from '../../src/config/settings';

const read = (name: string): string => readFileSync(join(__dirname, '../..', name), 'utf8');

interface HealthCheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly start_period: string;
  readonly start_interval: string;
}

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly pull_policy?: string;
  readonly command?: string;
  readonly environment?: Record<string, string | null>;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly deploy?: { readonly replicas: number };
  readonly depends_on?: Record<string, { condition: string }> | readonly string[];
  readonly healthcheck?: HealthCheck;
  readonly volumes?: readonly string[];
}

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'), { merge: true }) as {
    readonly services: Record<string, Service>;
    readonly networks: Record<string, { internal?: boolean } | null>;
    readonly volumes: Record<string, unknown>;
  };
  const { services, networks, volumes } = compose;
  const apps = ['api', 'live', 'worker'].map((name) => [name, services[name] ?? {}] as const);

  /** The values after compose has substituted the variables, with JWT_SECRET set. A setting without a value stays unset. */
  const filledIn = (text: string | null) =>
    text?.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest: string) =>
      name === 'JWT_SECRET' ? 'x'.repeat(32) : kind === '-' ? rest : '',
    );

  test.each(apps)('%s runs twice, with settings that a start accepts, one role each', (name, { environment = {}, deploy }) => {
    expect(deploy?.replicas).toBe(2);
    expect(Object.keys(environment).filter((key) => !(key in SETTINGS))).toEqual([]);
    const settings = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filledIn(value)]));
    expect(parseConfig(settings)).toMatchObject({ ROLES: [name], NODE_ENV: 'production' });
  });

  test.each(apps)('%s gets every setting that an operator may set', (_, { environment = {} }) => {
    const decidedHere = ['PORT', 'WS_PORT', 'HOST', 'DATA_DIR', 'RATE_LIMITS'];
    const passedOn = Object.keys(SETTINGS).filter((name) => !decidedHere.includes(name));
    expect(Object.keys(environment).sort()).toEqual(passedOn.sort());
    const fixed = Object.keys(environment).filter(
      (name) => environment[name] !== null && !environment[name]?.includes(`\${${name}:`),
    );
    expect(fixed.sort()).toEqual(['MONGODB_URI', 'NODE_ENV', 'REDIS_URL', 'ROLES', 'TRUST_PROXY']);
  });

  test('serves the page under the address that the browser uses, whatever the port is', () => {
    expect(services['api']?.environment).toMatchObject({ PUBLIC_URL: '${PUBLIC_URL:-same-origin}', PUBLIC_WS_URL: null });
  });

  test('builds one image for all roles and pulls it from nowhere', () => {
    expect(Object.keys(services).filter((name) => services[name]?.build)).toEqual(['api']);
    for (const [name, app] of apps) {
      expect(app).toMatchObject({ image: 'jungle-buzz', pull_policy: 'never' });
      expect(Object.keys(app.depends_on ?? {})).toEqual(['redis', 'mongo', ...(name === 'api' ? [] : ['api'])]);
    }
  });

  test('checks the health of the stores rarely, with time for a busy machine', () => {
    for (const store of ['redis', 'mongo']) {
      const { interval, timeout, start_period, start_interval } = services[store]?.healthcheck ?? {};
      expect({ interval, start_period }).toEqual({ interval: '30s', start_period: '5m' });
      expect(parseInt(timeout ?? '')).toBeGreaterThanOrEqual(10);
      expect(start_interval).toMatch(/^\ds$/);
    }
  });

  test('runs mongosh only until the replica set is writable', () => {
    const [, shell, , script = ''] = services['mongo']?.healthcheck?.test ?? [];
    expect(shell).toBe('bash');
    expect(script.indexOf('if [[ -e /tmp/is-primary ]]; then exec 3<>/dev/tcp/127.0.0.1/27017; exit; fi')).toBe(0);
    expect(script.trim()).toMatch(/&& touch \/tmp\/is-primary$/);
  });

  test('gives a name to every volume that the images declare', () => {
    const targets = (name: string) => services[name]?.volumes?.map((volume) => volume.split(':')[1]);
    expect(targets('mongo')).toEqual(['/data/db', '/data/configdb']);
    expect(targets('redis')).toEqual(['/data']);
    expect(targets('caddy')).toEqual(expect.arrayContaining(['/data', '/config']));
    for (const [name] of apps) expect(targets(name)).toBeUndefined();
  });

  test('pins a Caddy that repeats the body of a POST when it retries a connection', () => {
    const [, version = ''] = services['caddy']?.image?.split(':') ?? [];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(gte(version, '2.11.2')).toBe(true);
  });

  test.each(apps)('%s writes nothing in its container and is given longer than a stop takes', (_, app) => {
    expect(app).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '20s' });
  });

  test('requires JWT_SECRET', () => {
    expect(services['api']?.environment?.['JWT_SECRET']).toMatch(/^\$\{JWT_SECRET:\?.+\}$/);
  });

  test('configures Redis to sync every write and to evict nothing', () => {
    const { command } = services['redis'] ?? {};
    expect(command).toContain('--appendonly yes --appendfsync always');
    expect(command).toContain('--maxmemory-policy noeviction');
  });

  test('publishes ports of the proxy only and keeps the stores on a private network', () => {
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(['caddy']);
    expect(networks['data']).toEqual({ internal: true });
    for (const store of ['redis', 'mongo']) expect(services[store]?.networks).toEqual(['data']);
  });

  test('defines every network, volume, file and health check that it refers to', () => {
    for (const service of Object.values(services)) {
      for (const network of service.networks ?? []) expect(networks).toHaveProperty(network);
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('.')) expect(existsSync(join(__dirname, '../..', source))).toBe(true);
        else expect(volumes).toHaveProperty(source);
      }
      if (Array.isArray(service.depends_on)) continue;
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        const isApp = services[name]?.image === 'jungle-buzz';
        if (condition !== 'service_started' || !isApp) expect(condition).toBe('service_healthy');
        // The image of the service itself has a health check, see the Dockerfile.
        if (!isApp) expect(services[name]?.healthcheck).toBeDefined();
      }
    }
  });
});

describe('Dockerfile', () => {
  const instructions = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const of = (name: string) => instructions.filter((line) => line.startsWith(`${name} `));
  const last = instructions.slice(instructions.lastIndexOf(of('FROM').at(-1) ?? ''));
  const endsWith = (name: string) => last.filter((line) => line.startsWith(`${name} `)).at(-1);

  test('uses known instructions only, no nameless volume, and slim base images with a version', () => {
    const known = /^(FROM|WORKDIR|COPY|RUN|ENV|USER|EXPOSE|STOPSIGNAL|HEALTHCHECK|CMD) /;
    expect(instructions.filter((line) => !known.test(line))).toEqual([]);
    expect(of('FROM').length).toBeGreaterThan(1);
    for (const from of of('FROM')) expect(from).toMatch(/^FROM node:\d+-bookworm-slim( AS \w+)?$/);
  });

  test('builds nothing in the last stage, installs no development packages and does not run as root', () => {
    expect(last.filter((line) => /npm (ci|install|run)/.test(line))).toEqual([]);
    expect(instructions.filter((line) => line.includes('npm ci') && line.includes('--omit=dev'))).toHaveLength(1);
    expect(endsWith('USER')).toBe('USER node');
    expect(last.indexOf('USER node')).toBeLessThan(last.findIndex((line) => line.startsWith('CMD ')));
  });

  test('runs node directly, so that signals reach it, and has a health check', () => {
    expect(endsWith('STOPSIGNAL')).toBe('STOPSIGNAL SIGTERM');
    expect(endsWith('CMD')).toBe('CMD ["node", "dist/main.js"]');
    expect(endsWith('HEALTHCHECK')).toContain('CMD ["node", "healthcheck.mjs"]');
    expect(endsWith('EXPOSE')).toBe('EXPOSE 4000 4001');
  });

  test('checks the health rarely once the start is complete, with time for a busy machine', () => {
    expect(endsWith('HEALTHCHECK')).toContain('--interval=30s --timeout=15s --retries=4 --start-period=2m --start-interval=2s');
  });

  test('keeps the data folder from other users', () => {
    expect(last).toContain('RUN install -d -o node -g node -m 700 /data');
  });

  test('has the command line in its search path', () => {
    const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
    const file = bin['jungle-buzz'] ?? '';
    expect(last).toContain(`RUN chmod 755 ${file} && ln -s /app/${file} /usr/local/bin/jungle-buzz`);
    expect(read('src/cli/main.ts').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  test('copies only files that exist and that .dockerignore includes', () => {
    const [all, ...rest] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(all).toBe('*');
    expect(rest.filter((line) => !line.startsWith('!'))).toEqual([]);
    const sources = of('COPY')
      .filter((line) => !line.includes('--from=') && line !== 'COPY . .')
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const source of sources) {
      expect(existsSync(join(__dirname, '../..', source))).toBe(true);
      expect(rest).toContain(`!${source}`);
    }
  });
});
