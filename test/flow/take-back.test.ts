import { toTombstone, type Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import type { Erasure } from '../../src/domain/moderation';
import { TakeBack } from '../../src/flow/take-back';
import { appendAll, draft, openEngine } from '../support/engine';
import { openAccess } from '../support/open-access';

const author = { userId: 'author', username: 'mina', sessionId: 's1', expiresAt: 1 };

async function setup(begin: (erasure: Erasure) => Promise<void> = () => Promise.resolve()) {
  const { chatLog: log, chatStore: store } = await openEngine();
  const [chat] = (await appendAll(log, [draft()])) as [Chat];
  const begun: Erasure[] = [];
  const erasures = {
    begin: (erasure: Erasure) => {
      begun.push(erasure);
      return begin(erasure);
    },
  };
  const flow = new TakeBack({ log, store, access: openAccess(), erasures, clock: { now: () => 7 } });
  return { log, chat, begun, takeBack: (id = chat.id, userId = 'author') => flow.takeBack({ ...author, userId }, id) };
}

test('begins the erasure of the message and answers its tombstone', async () => {
  const { chat, begun, takeBack } = await setup();
  expect(await takeBack()).toEqual(toTombstone(chat));
  expect(begun).toMatchObject([{ kind: 'chat', id: `chat.${chat.id}`, chatId: chat.id, at: 7, reason: '' }]);
});

test('changes nothing when the message is erased already', async () => {
  const { log, chat, begun, takeBack } = await setup();
  await log.erase(chat.offset);
  expect(await takeBack()).toEqual(toTombstone(chat));
  expect(begun).toEqual([]);
});

test('is FORBIDDEN for somebody else and NOT_FOUND for an unknown message', async () => {
  const { chat, begun, takeBack } = await setup();
  await expect(takeBack(chat.id, 'somebody')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(takeBack('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(begun).toEqual([]);
});

test('is UNAVAILABLE with `stored` while the store is unreachable', async () => {
  const { takeBack } = await setup(() => Promise.reject(unavailable('down')));
  await expect(takeBack()).rejects.toMatchObject({ code: 'UNAVAILABLE', stored: 'unknown' });
});
