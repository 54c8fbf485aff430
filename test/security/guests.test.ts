import type { Person } from '../support/app';
import { PASSWORD, TestApp } from '../support/app';
import { underAttack, verdict, type Target } from '../support/attack';
import {
  ClaimAccountDocument,
  CreatePasswordResetDocument,
  CreateRoomDocument,
  EnterAsGuestDocument,
  LoginDocument,
  ReportChatDocument,
} from '../support/generated/graphql';

const { attack, target } = underAttack('guests', { ADMINS: 'chief', RATE_GUESTS_PER_ADDRESS: '12/1h' });

async function enter({ app }: Target): Promise<Person & { id: string }> {
  const { enterAsGuest } = await app.ask(EnterAsGuestDocument, {});
  return { ...enterAsGuest, ...enterAsGuest.user };
}
const claim = ({ app }: Target, username: string, token: string) =>
  app.post(ClaimAccountDocument, { input: { username, password: PASSWORD } }, token);

attack('a guest who creates a room', '200 FORBIDDEN', async (to) => {
  const { accessToken } = await enter(to);
  return verdict(await to.app.post(CreateRoomDocument, { input: { id: 'mine', title: 'Mine' } }, accessToken));
});
attack('a guest who reports six messages', '5 stored, then 200 RATE_LIMITED', async (to) => {
  const [guest, author] = [await enter(to), await to.app.person()];
  const answers: string[] = [];
  for (let i = 0; i < 6; i++) {
    const { id } = await to.app.send(author, `message ${i}`);
    answers.push(verdict(await to.app.post(ReportChatDocument, { id, reason: 'spam' }, guest.accessToken)));
  }
  return `${answers.filter((answer) => answer === '200').length} stored, then ${answers.at(-1)}`;
});
attack('a login as a guest without a password', '200 UNAUTHENTICATED', async (to) => {
  const { username } = await enter(to);
  return verdict(await to.app.post(LoginDocument, { input: { login: username, password: '' } }));
});
attack('a guest who claims the name of an account', '200 USERNAME_TAKEN', async (to) => {
  await to.app.person('owner');
  return verdict(await claim(to, 'OWNER', (await enter(to)).accessToken));
});
attack('four guests who claim one name twice each at once', '1 of 8 claims succeeds', async (to) => {
  const guests = await Promise.all(Array.from({ length: 4 }, () => enter(to)));
  const claims = guests.flatMap(({ accessToken }) => [1, 2].map(() => claim(to, 'popular', accessToken)));
  const done = (await Promise.all(claims)).filter(({ errors }) => errors.length === 0);
  return `${done.length} of 8 claims succeeds`;
});
attack('claimAccount by somebody with a full account', '200 CONFLICT', async (to) => {
  const { accessToken } = await to.app.person();
  return verdict(await claim(to, 'another_name', accessToken));
});
attack('a password link for a guest', '200 CONFLICT', async (to) => {
  const [guest, chief] = [await enter(to), await to.app.person('chief')];
  return verdict(await to.app.post(CreatePasswordResetDocument, { username: guest.username }, chief.accessToken));
});
attack('an invitation that does not exist', '200 NOT_FOUND', async ({ app }) =>
  verdict(await app.post(EnterAsGuestDocument, { invite: 'ABCD2345' })),
);
attack('more guests from one address than the rate allows', '200 RATE_LIMITED', async ({ app }) => {
  let last = '';
  for (let i = 0; i < 13 && last !== '200 RATE_LIMITED'; i++) last = verdict(await app.post(EnterAsGuestDocument, {}));
  return last;
});
attack('enterAsGuest with GUESTS=off', '200 FORBIDDEN', async () => {
  const closed = await TestApp.start({ GUESTS: 'off' });
  return verdict(await closed.post(EnterAsGuestDocument, {}));
});

test('the witness is still served', () => target().witnessIsServed());
