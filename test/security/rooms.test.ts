import type { Person, TestApp } from '../support/app';
import { underAttack, verdict } from '../support/attack';
import {
  ChangeRoomDocument,
  CreateInviteDocument,
  CreateRoomDocument,
  EnterAsGuestDocument,
  InvitePreviewDocument,
  JoinRoomDocument,
  MembersDocument,
  RecentChatsDocument,
  RemoveMemberDocument,
  RoomActivityDocument,
  SetRoleDocument,
  type Visibility,
} from '../support/generated/graphql';
import { until } from '../support/until';

const { attack, target } = underAttack('rooms', { ADMINS: 'chief', RATE_INVITES_PER_ADDRESS: '5/1h', TRUST_PROXY: '1' });

async function roomOf(app: TestApp, visibility: Visibility = 'PRIVATE', anonymous = false) {
  const host = await app.person();
  const input = { title: 'Ours', visibility, anonymous };
  const { createRoom } = await app.ask(CreateRoomDocument, { input }, host.accessToken);
  const room = createRoom.id;
  const invite = async () => (await app.ask(CreateInviteDocument, { room }, host.accessToken)).createInvite.code;
  const join = async (person: Person) => app.post(JoinRoomDocument, { code: await invite() }, person.accessToken);
  return { host, room, invite, join };
}
const read = async (app: TestApp, room: string, { accessToken }: Person) =>
  verdict(await app.post(RecentChatsDocument, { room }, accessToken));
const remove = (app: TestApp, host: Person, room: string, { username }: Person) =>
  app.ask(RemoveMemberDocument, { room, username }, host.accessToken);

attack('60 good codes from one address', '60 answered', async ({ app }) => {
  const { invite } = await roomOf(app);
  const code = await invite();
  const previews = await Promise.all(Array.from({ length: 60 }, () => app.ask(InvitePreviewDocument, { code })));
  return `${previews.filter(({ invitePreview }) => invitePreview !== null).length} answered`;
});
attack('a host of another room who invites and lists members', '200 NOT_FOUND, 200 NOT_FOUND', async ({ app }) => {
  const [{ room }, { host: other }] = [await roomOf(app), await roomOf(app)];
  const answers = [
    await app.post(CreateInviteDocument, { room }, other.accessToken),
    await app.post(MembersDocument, { room }, other.accessToken),
  ];
  return answers.map(verdict).join(', ');
});
attack('an administrator who reads a private room and makes itself its host', '200 NOT_FOUND, 200 NOT_FOUND', async ({ app }) => {
  const [{ room }, chief] = [await roomOf(app), await app.person('chief')];
  const named = await app.post(SetRoleDocument, { room, username: 'chief', role: 'HOST' }, chief.accessToken);
  return [await read(app, room, chief), verdict(named)].join(', ');
});
attack('a private room with a message that is made public', '200 CONFLICT', async ({ app }) => {
  const { room, host } = await roomOf(app, 'PUBLIC');
  await app.ask(ChangeRoomDocument, { id: room, visibility: 'PRIVATE' }, host.accessToken);
  await app.send(host, 'between us', room);
  return verdict(await app.post(ChangeRoomDocument, { id: room, visibility: 'PUBLIC' }, host.accessToken));
});
attack('a removed member with a new code', '200 NOT_FOUND', async ({ app }) => {
  const { room, host, join } = await roomOf(app);
  const person = await app.person();
  await join(person);
  await remove(app, host, room, person);
  return verdict(await join(person));
});
attack('a removed member who comes back as a guest with the code it joined with', '200 NOT_FOUND', async ({ app }) => {
  const { room, host, invite } = await roomOf(app);
  const [person, code] = [await app.person(), await invite()];
  await app.ask(JoinRoomDocument, { code }, person.accessToken);
  await remove(app, host, room, person);
  return verdict(await app.post(EnterAsGuestDocument, { invite: code }));
});
attack('a guest who makes an invitation', '200 FORBIDDEN', async ({ app }) => {
  const { room, invite } = await roomOf(app);
  const { enterAsGuest } = await app.ask(EnterAsGuestDocument, { invite: await invite() });
  return verdict(await app.post(CreateInviteDocument, { room }, enterAsGuest.accessToken));
});
attack(
  'a host of an anonymous room who removes members one by one to match them with aliases',
  'no name in 4 events',
  async ({ app }) => {
    const { room, host, join } = await roomOf(app, 'PRIVATE', true);
    const activity = app.subscribe(RoomActivityDocument, { room }, host.accessToken);
    await until(() => activity.items.length === 1, 'the host comes');
    for (const online of [2, 2]) {
      const person = await app.person();
      await join(person);
      const theirs = app.subscribe(RoomActivityDocument, { room }, person.accessToken);
      await until(() => activity.items.at(-1)?.roomActivity.online === online, 'the member comes');
      await remove(app, host, room, person);
      await until(() => theirs.ended && activity.items.at(-1)?.roomActivity.online === 1, 'the member leaves');
    }
    const named = activity.items.slice(-4).filter(({ roomActivity }) => roomActivity.author !== null);
    return named.length === 0 ? 'no name in 4 events' : JSON.stringify(named);
  },
);
attack('guessing codes', '5 wrong, then 200 RATE_LIMITED for wrong and good ones', async ({ app }) => {
  const good = await (await roomOf(app)).invite();
  const preview = async (code: string) =>
    verdict(await app.post(InvitePreviewDocument, { code }, undefined, { 'x-forwarded-for': '192.0.2.7' }));
  let wrong = 0;
  while ((await preview(`ZZZZZZZ${wrong + 2}`)) === '200') wrong++;
  return `${wrong} wrong, then ${[...new Set([await preview('ZZZZZZZZ'), await preview(good)])].join()} for wrong and good ones`;
});

test('the witness is still served', () => target().witnessIsServed());
