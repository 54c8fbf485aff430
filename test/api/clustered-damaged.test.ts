import { silentLogger, type Logger } from '../../src/ports/logger';
import type { TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import { NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { withServices } from '../support/services';
import { until } from '../support/until';

withServices(['redis', 'mongo'], (services) => {
  test('an entry that cannot be decoded becomes one dead letter with an alarm, and streams and the writer go on', async () => {
    const alarms: unknown[] = [];
    const logger: Logger = {
      ...silentLogger,
      error: (fields, message) => alarms.push({ ...fields, message }),
      child: () => logger,
    };
    const cluster = await Cluster.on(services);
    const app: TestApp = await cluster.start('api,live,worker', {}, logger);
    const metrics = async () => (await fetch(app.app.urls.http.replace('/graphql', '/metrics'))).text();
    const person = await app.person();
    await app.send(person, 'before');
    const stream = app.subscribe(NewChatDocument, {});
    await until(async () => (await metrics()).includes('subscriptions{topic="newChat"} 1'), 'the subscription is active');
    await services.redis.ask(cluster.env['REDIS_URL'] ?? '', async (client) => {
      const [epoch] = await client.hmget('jb:{log0}:state', 'epoch');
      const multi = client.multi().xadd('jb:{log0}:entries', '2-0', 'i', 'x', 'e', epoch ?? '', 't', '1', 'c', '{');
      await multi.hset('jb:{log0}:state', 'offset', 2).exec();
    });
    await app.send(person, 'after');
    await until(() => stream.items.length > 0, 'the next message is delivered');
    expect(stream.items.map(({ newChat }) => newChat.text)).toEqual(['after']);
    await until(async () => /log_depth 0\n/.test(await metrics()), 'everything is stored');
    expect(await metrics()).toContain('jungle_buzz_dead_letters 1\n');
    expect(await metrics()).toMatch(/jungle_buzz_log_tail_age_seconds [0-9.]+\n/);
    expect(alarms).toEqual([expect.objectContaining({ offset: 2, message: 'message set aside as a dead letter' })]);
    const { recentChats } = await app.ask(RecentChatsDocument, { first: 10 });
    expect(recentChats.items.map(({ text }) => text)).toEqual(['before', 'after']);
    await app.stop();
  });
});
