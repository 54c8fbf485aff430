import type { PushStore, PushSubscription, PushTarget } from '../../src/ports/push-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const target = (name: string): PushTarget => ({
  endpoint: `https://push.example/${name}`,
  p256dh: `key-${name}`,
  auth: 'secret',
});
const ada = { userId: 'ada', locale: 'ko' } as const;
const ben = { userId: 'ben', locale: 'en' } as const;
const fresh = (name: string): PushSubscription => {
  const progress = { doneUntil: NOON, sentAt: 0, dueAt: 0, failures: 0 };
  return { ...target(name), ...ada, rooms: ['main'], ...progress };
};
const END = NOON + 1;
const byEndpoint = (a: PushTarget, b: PushTarget): number => (a.endpoint < b.endpoint ? -1 : 1);

export function pushStoreContract(name: string, make: MakeSubject<PushStore>): void {
  describe(`${name} as a PushStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const pending = async (room = 'main', port = store()): Promise<PushSubscription[]> =>
      [...(await port.pending(room, END, NOON, 100))].sort(byEndpoint);

    test('all callers get the keys that were stored first, also after a restart', async () => {
      const made = ['a', 'b', 'c'].map((key) => ({ publicKey: `public-${key}`, privateKey: `private-${key}` }));
      const got = await Promise.all(made.map((keys) => store().vapidKeys(keys)));
      expect(new Set(got.map(({ publicKey }) => publicKey)).size).toBe(1);
      expect(await (await subject().reopen()).vapidKeys({ publicKey: 'x', privateKey: 'y' })).toEqual(got[0]);
    });

    test('a subscription is pending for windows that end after it was made, also after a restart', async () => {
      await store().subscribe(target('a'), ada, 'main', NOON);
      expect(await store().pending('main', NOON, NOON, 10)).toEqual([]);
      expect(await store().pending('other', END, NOON, 10)).toEqual([]);
      expect(await pending('main', await subject().reopen())).toEqual([fresh('a')]);
    });

    test('an endpoint collects the rooms of its account, with its newest keys and language', async () => {
      await store().subscribe(target('a'), ada, 'main', NOON);
      await store().settle(target('a').endpoint, 'ada', { sentAt: NOON - 5 });
      const changed = { ...target('a'), p256dh: 'new' };
      await store().subscribe(changed, { ...ada, locale: 'en' }, 'garden', NOON + 100);
      await store().subscribe(changed, { ...ada, locale: 'en' }, 'garden', NOON + 100);
      const expected = { ...fresh('a'), p256dh: 'new', locale: 'en', rooms: ['main', 'garden'], sentAt: NOON - 5 };
      expect(await pending('garden')).toEqual([expected]);
      expect(await pending('main')).toEqual([expected]);
      expect([...(await store().rooms())].sort()).toEqual(['garden', 'main']);
    });

    test('an endpoint belongs to the account that subscribed it last', async () => {
      await store().subscribe(target('a'), ada, 'main', NOON);
      await store().subscribe(target('a'), ben, 'garden', NOON);
      expect(await pending('main')).toEqual([]);
      expect(await pending('garden')).toEqual([{ ...fresh('a'), ...ben, rooms: ['garden'] }]);
      expect(await store().unsubscribe('ada', target('a').endpoint)).toBe(false);
      await store().removeOf('ada');
      await store().settle(target('a').endpoint, 'ada', { doneUntil: END });
      expect(await pending('garden')).toHaveLength(1);
      expect(await store().unsubscribe('ben', target('a').endpoint)).toBe(true);
      expect(await store().unsubscribe('ben', target('a').endpoint)).toBe(false);
      expect(await pending('garden')).toEqual([]);
      expect(await store().rooms()).toEqual([]);
    });

    test('concurrent subscriptions of one endpoint leave it with one account', async () => {
      await Promise.all([ada, ben, ada, ben].map((who) => store().subscribe(target('a'), who, 'main', NOON)));
      expect(await pending()).toHaveLength(1);
    });

    test('a settled endpoint is no longer pending, one that failed is pending again when it is due', async () => {
      for (const each of ['a', 'b', 'c']) await store().subscribe(target(each), ada, 'main', NOON);
      await store().settle(target('a').endpoint, 'ada', { doneUntil: END, sentAt: NOON, failures: 0 });
      await store().settle(target('b').endpoint, 'ada', { dueAt: NOON + 50, failures: 1 });
      expect(await pending()).toEqual([fresh('c')]);
      expect(await store().nextDue('main', END)).toBe(0);
      await store().forget(target('c').endpoint);
      expect(await store().nextDue('main', END)).toBe(NOON + 50);
      expect(await store().pending('main', END, NOON + 50, 10)).toEqual([{ ...fresh('b'), dueAt: NOON + 50, failures: 1 }]);
      expect(await store().nextDue('main', NOON)).toBeUndefined();
      expect(await store().pending('main', END + 1, NOON + 50, 10)).toHaveLength(2);
    });

    test('pending returns at most as many as asked for, past those that are not due', async () => {
      for (let i = 0; i < 9; i++) await store().subscribe(target(`n${i}`), ada, 'main', NOON);
      for (let i = 0; i < 5; i++) await store().settle(target(`n${i}`).endpoint, 'ada', { dueAt: NOON + 1 });
      expect(await store().pending('main', END, NOON, 3)).toHaveLength(3);
      expect(await store().pending('main', END, NOON, 10)).toHaveLength(4);
    });

    test('an account loses a room or all endpoints, a room loses all its endpoints', async () => {
      for (const room of ['main', 'garden']) await store().subscribe(target('a'), ada, room, NOON);
      await store().subscribe(target('b'), ada, 'garden', NOON);
      await store().subscribe(target('c'), ben, 'garden', NOON);
      await store().removeOf('ada', 'garden');
      expect((await pending('garden')).map(({ userId }) => userId)).toEqual(['ben']);
      expect((await pending('main')).map(({ rooms }) => rooms)).toEqual([['main']]);
      await store().removeRoom('garden');
      expect(await pending('garden')).toEqual([]);
      await store().removeOf('ada');
      expect(await store().rooms()).toEqual([]);
    });

    test('endpoints may be long', async () => {
      const long = { ...target('a'), endpoint: `https://push.example/${'x'.repeat(2_000)}` };
      await store().subscribe(long, ada, 'main', NOON);
      expect((await pending())[0]?.endpoint).toBe(long.endpoint);
      expect(await store().unsubscribe('ada', long.endpoint)).toBe(true);
    });
  });
}
