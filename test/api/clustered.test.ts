import { Cluster } from '../support/cluster';
import { withServices } from '../support/services';
import { LoginDocument, NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { PASSWORD, type TestApp } from '../support/app';
import { until } from '../support/until';

withServices(['redis', 'mongo'], (services) => {
  let api1: TestApp, api2: TestApp, live1: TestApp, live2: TestApp;
  beforeAll(async () => {
    const cluster = await Cluster.on(services);
    [api1, api2, live1, live2] = await Promise.all([
      cluster.start('api'),
      cluster.start('api'),
      cluster.start('live'),
      cluster.start('live'),
      cluster.start('worker'),
    ]);
  });

  test('who registers on one process logs in and sends on another, and every live process tells all in one order', async () => {
    const mina = await api1.person('mina');
    const { login } = await api2.ask(LoginDocument, { input: { login: 'mina', password: PASSWORD } });
    const { recentChats } = await api2.ask(RecentChatsDocument, { first: 1 });
    const heard = [live1, live2].map((live) => live.subscribe(NewChatDocument, { after: recentChats.cursor }));
    const again = { ...mina, accessToken: login.accessToken };
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? api1 : api2).send(again, `message ${i}`)));
    await until(() => heard.every(({ items }) => items.length === 40));
    const [one, two] = heard.map(({ items }) => items.map(({ newChat }) => newChat.id));
    expect(new Set(one).size).toBe(40);
    expect(two).toEqual(one);
  });
});
