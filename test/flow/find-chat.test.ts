import type { Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import { findChat, findChats } from '../../src/flow/find-chat';
import type { ChatLog } from '../../src/ports/chat-log';
import { chatOf } from '../support/memory-log';

const lost = { code: 'UNAVAILABLE' };
const inRoom = (room: string, offset: number): Chat => ({ ...chatOf('e', offset, room, 'hello'), id: `${room}-${offset}` });
const [there, elsewhere] = [inRoom('lost', 1), inRoom('main', 2)];
const renamed: Chat = { ...elsewhere, author: 'otter' };

/** Cannot say of an id in which partition it is, because one of them cannot be asked: that of the room `lost`. */
const log: Pick<ChatLog, 'find'> = {
  find: async (id, room) => {
    if (room !== 'main') throw unavailable('down');
    return id === elsewhere.id ? { state: 'present', chat: renamed } : { state: 'unknown' };
  },
};
const stored = [there, elsewhere, inRoom('main', 3)];
const store = {
  byId: async (id: string) => stored.find((chat) => chat.id === id),
  byIds: async (ids: readonly string[]) => stored.filter(({ id }) => ids.includes(id)),
};

test('finds stored messages of other rooms while a partition is unavailable, as the log has them if it has them', async () => {
  expect(await findChat(log, store, 'main-2')).toEqual(renamed);
  expect(await findChat(log, store, 'main-3')).toEqual(stored[2]);
  const found = await findChats(log, store, ['main-2', 'main-3']);
  expect([...found.values()]).toEqual([renamed, stored[2]]);
});

test('is unavailable for messages of the partition, and for those that the store does not have', async () => {
  await expect(findChat(log, store, 'lost-1')).rejects.toMatchObject(lost);
  await expect(findChat(log, store, 'main-9')).rejects.toMatchObject(lost);
  await expect(findChats(log, store, ['main-2', 'lost-1'])).rejects.toMatchObject(lost);
});
