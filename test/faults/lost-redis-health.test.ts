import type { Person, TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import { CreateRoomDocument, NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { withServices } from '../support/services';
import { until } from '../support/until';
import { RedisServers } from './redis-servers';

const LOST = 1;
const ROLES = ['api', 'live'];

const at = (app: TestApp, path: string) => new URL(path, (app.app.urls.http || app.app.urls.ws).replace(/^ws/, 'http'));
const readyz = async (app: TestApp) => {
  const answer = await fetch(at(app, '/readyz'));
  return { status: answer.status, text: await answer.text() };
};
/** NaN for a metric that is omitted. */
const metric = async (app: TestApp, name: string): Promise<number> => {
  const text = await (await fetch(at(app, '/metrics'))).text();
  return Number(new RegExp(`^jungle_buzz_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
};

withServices(['redis', 'mongo'], (services) => {
  let servers: RedisServers;
  let apps: readonly [TestApp, TestApp];
  let mina: Person;
  /** One room on each Redis server. */
  let rooms: readonly string[];

  const allReady = () =>
    until(async () => {
      const answers = await Promise.all(apps.map(readyz));
      return answers.every(({ status, text }, i) => status === 200 && text === `ready\nroles: ${ROLES[i]}\nengine: clustered\n`);
    }, 'no process names a partition');
  const allAnswer = (status: number, partitions: readonly number[]) =>
    until(
      async () => {
        const answers = await Promise.all(apps.map(readyz));
        const named = `partitions without a log: ${partitions.join(', ')}\n`;
        return answers.every((answer) => answer.status === status && answer.text.endsWith(`engine: clustered\n${named}`));
      },
      `every process answers ${status} and names the partitions ${partitions.join(', ')}`,
    );
  const allCount = (unavailable: number) =>
    until(
      async () =>
        (await Promise.all(apps.map((app) => metric(app, 'log_partitions_unavailable')))).every((n) => n === unavailable),
      `every process counts ${unavailable} unavailable partitions`,
    );

  beforeAll(async () => {
    servers = await RedisServers.start(3, 6);
    const cluster = await Cluster.on(services, { REDIS_URL: servers.url, LOG_PARTITIONS: '6' });
    // Without a worker, what is sent waits in the log.
    apps = [await cluster.start('api'), await cluster.start('live')];
    const [api, live] = apps;
    mina = await api.person();
    rooms = servers.all.map((_, server) => {
      for (let n = 0; ; n++) if (servers.holding(`room-${n}`) === server) return `room-${n}`;
    });
    for (const id of rooms) {
      await api.ask(CreateRoomDocument, { input: { id, title: id } }, mina.accessToken);
      const { cursor: after } = (await api.ask(RecentChatsDocument, { room: id, first: 1 })).recentChats;
      const stream = live.subscribe(NewChatDocument, { room: id, after });
      await api.send(mina, 'hello', id);
      await until(() => stream.items.length === 1, `the message in ${id} is delivered`);
    }
  });
  afterAll(() => servers.stop());

  describe.each(['killed', 'stopped'])('while one of three Redis is %s', (how) => {
    beforeAll(async () => {
      const { service } = servers.at(LOST);
      await allReady();
      await allCount(0);
      if (how === 'killed') await service.down();
      else service.signal('SIGSTOP');
    });

    test('every process stays ready, and names the partitions without a log', async () => {
      // A process without readers notices at its next command that a Redis hangs.
      const { errors } = await apps[0].post(RecentChatsDocument, { room: rooms[LOST], first: 1 });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAVAILABLE']);
      await allAnswer(200, servers.partitionsOn(LOST));
    });

    test('every process counts these partitions, and the messages that wait in the others', async () => {
      await allCount(2);
      for (const app of apps) expect(await metric(app, 'log_depth')).toBe(2);
    });

    test('the live process shows that it does not follow the lost log', async () => {
      const [, live] = apps;
      await until(async () => (await metric(live, 'log_tail_age_seconds')) > 3, 'the tail grows old');
    });

    test('all returns to normal by itself', async () => {
      const { service } = servers.at(LOST);
      if (how === 'killed') await service.up();
      else service.signal('SIGCONT');
      await allReady();
      await allCount(0);
      const [, live] = apps;
      await until(async () => (await metric(live, 'log_tail_age_seconds')) < 3, 'the log is followed again');
      for (const app of apps) expect(await metric(app, 'log_depth')).toBe(3);
    });
  });

  test('without any Redis every process answers 503 and names all partitions, until one is back', async () => {
    const [first, ...others] = servers.all;
    await Promise.all(servers.all.map(({ service }) => service.down()));
    await allAnswer(503, [0, 1, 2, 3, 4, 5]);
    await first?.service.up();
    await allAnswer(200, [1, 2, 4, 5]);
    await Promise.all(others.map(({ service }) => service.up()));
    await allReady();
  });
});
