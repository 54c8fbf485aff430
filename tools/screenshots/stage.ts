import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { graphql } from '../../test/support/plain-api';
import { seeded } from '../../test/support/random';
import { fillWorld, HISTORY_START, MovableClock } from '../demo/world';

/** Host, administrator and moderator. */
export const HOST = { username: 'gardener', password: 'quiet-otter-7' };

/** A server with five days of notes, a private room, an empty one and a report. */
export interface Stage {
  readonly origin: string;
  readonly privateRoom: string;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-screenshots-'));
  const config = parseConfig({
    ...{ HOST: '127.0.0.1', PORT: '0', WS_PORT: '0', DATA_DIR: folder, BCRYPT_COST: '4', JWT_EXPIRES_IN: '30d' },
    ...{ RATE_LIMITS: 'off', ADMINS: HOST.username, MODERATORS: HOST.username },
  });
  const clock = new MovableClock();
  // Before the start, because the schedule of letters begins with the first start.
  clock.moveTo(HISTORY_START);
  const app = await startApp(config, silentLogger, { clock });
  const people = await fillWorld(app, clock, seeded(1));
  for (const person of people.slice(0, 12)) person.connect('main');
  return {
    origin: new URL(app.urls.http).origin,
    privateRoom: await furnish(app.urls.http),
    close: async () => {
      for (const person of people) person.disconnect();
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the id of the private room */
async function furnish(url: string): Promise<string> {
  const { register } = await graphql<{ register: { accessToken: string } }>(
    url,
    'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }',
    { input: HOST },
  );
  const ask = <T>(query: string, variables: object = {}) => graphql<T>(url, query, variables, register.accessToken);
  await ask('mutation { createRoom(input: { id: "new-room", title: "새로 연 방" }) { id } }');
  const { createRoom } = await ask<{ createRoom: { id: string } }>(
    'mutation { createRoom(input: { title: "독서 모임", visibility: PRIVATE }) { id } }',
  );
  const room = createRoom.id;
  const texts = ['다음 책은 시집이 좋겠어요.', '저는 목요일 저녁이 편해요.', '지난번 이야기가 아직도 마음에 남아요.'];
  for (const [i, text] of texts.entries())
    await ask('mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }', {
      input: { clientMessageId: `book-${i}`, room, text },
    });
  const { recentChats } = await ask<{ recentChats: { items: { id: string }[] } }>('{ recentChats(first: 3) { items { id } } }');
  await ask('mutation ($id: ID!) { reportChat(id: $id, reason: "광고 같아요") }', { id: recentChats.items[0]?.id });
  return room;
}
