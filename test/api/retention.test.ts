import { systemClock } from '../../src/ports/clock';
import { PASSWORD, TestApp } from '../support/app';
import { DeleteAccountDocument, RecentChatsDocument } from '../support/generated/graphql';
import { until } from '../support/until';

const DAY_MS = 86_400_000;
const recent = async (app: TestApp) => (await app.ask(RecentChatsDocument, { first: 100 })).recentChats.items;

test('RETENTION_DAYS erases older texts and keeps newer texts and all times', async () => {
  let days = 0;
  const clock = { now: () => systemClock.now() + days * DAY_MS };
  let app = await TestApp.start({ RETENTION_DAYS: '7' }, { clock });
  const old = await app.send(await app.person(), 'eight days old');
  days = 4;
  app = await app.restart({ clock });
  await app.send(await app.person(), 'four days old');
  days = 8;
  app = await app.restart({ clock });
  await until(async () => (await recent(app))[0]?.hidden, 'the old text is erased');
  expect((await recent(app)).map(({ text }) => text)).toEqual(['', 'four days old']);
  expect((await recent(app))[0]?.sentAt).toBe(old.sentAt);
});

test('DELETED_ACCOUNT_TEXTS=keep keeps the texts of a deleted account without the author', async () => {
  const app = await TestApp.start({ DELETED_ACCOUNT_TEXTS: 'keep' });
  const person = await app.person('leaver');
  const sent = await app.send(person, 'a thought that stays');
  await app.ask(DeleteAccountDocument, { password: PASSWORD }, person.accessToken);
  const again = await app.person();
  await until(async () => {
    await app.send(again, `later ${Math.random()}`);
    return (await recent(app)).length > 2;
  });
  expect((await recent(app))[0]).toEqual(sent);
});
