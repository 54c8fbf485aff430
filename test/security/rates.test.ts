import { PASSWORD, TestApp, type Answer, type Person } from '../support/app';
import {
  CreateRoomDocument,
  LoginDocument,
  RefreshDocument,
  RegisterDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SendChatDocument,
  SetTypingDocument,
  UsernameAvailableDocument,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({
    TRUST_PROXY: '1',
    RATE_SEND_PER_USER: '3/10m+2/1h',
    RATE_SEND_PER_ADDRESS: '8/10m',
    RATE_SAME_TEXT: '2/10m',
    RATE_ROOMS_PER_USER: '1/1h',
    RATE_TYPING_PER_USER: '2/1h',
    RATE_LOGIN_PER_ADDRESS: '150/10m',
    RATE_LOGIN_FREE_TRIES: '3',
    RATE_REGISTER_PER_ADDRESS: '2/1h',
    RATE_USERNAMES_PER_ADDRESS: '2/10m',
    RATE_REFRESH_PER_ADDRESS: '2/10m',
    RATE_RESET_PER_ADDRESS: '2/10m',
  });
});

let serial = 0;
const newAddress = (): string => `10.0.0.${++serial}`;
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const OK = 'ok';

/** The code of an answer. Checks retryAfter of a refusal. */
function outcome({ status, errors, headers }: Answer<unknown>): unknown {
  const { code, retryAfter } = (errors[0]?.extensions ?? {}) as { code?: string; retryAfter?: number };
  expect(status).toBe(200);
  expect(headers.get('retry-after')).toBe(retryAfter === undefined ? null : String(retryAfter));
  if (code === 'RATE_LIMITED') expect(retryAfter).toBeGreaterThan(0);
  return code ?? OK;
}

async function newPerson(): Promise<Person> {
  const input = { username: `person${++serial}`, password: PASSWORD };
  const { data } = await app.post(RegisterDocument, { input }, undefined, from(newAddress()));
  if (!data) throw new Error('not registered');
  return { username: input.username, ...data.register };
}

const send = async (person: Person, text: string, address = newAddress(), clientMessageId = `m${++serial}`) =>
  outcome(await app.post(SendChatDocument, { input: { clientMessageId, text } }, person.accessToken, from(address)));
const login = async (name: string, password: string, address: string, token?: string) =>
  outcome(await app.post(LoginDocument, { input: { login: name, password } }, token, from(address)));

describe('sendChat', () => {
  test('is refused above the rate of the account and its reserve, from any address', async () => {
    const person = await newPerson();
    for (let i = 0; i < 5; i++) expect(await send(person, `text ${i}`)).toBe(OK);
    expect(await send(person, 'one more')).toBe('RATE_LIMITED');
    expect(await send(await newPerson(), 'somebody else')).toBe(OK);
  });

  test('is refused above the rate of an address, for any account', async () => {
    const address = newAddress();
    for (let i = 0; i < 8; i++) expect(await send(await newPerson(), `text ${i}`, address)).toBe(OK);
    expect(await send(await newPerson(), 'one more', address)).toBe('RATE_LIMITED');
  });

  test('is refused for a repeated text regardless of case and spaces', async () => {
    const person = await newPerson();
    expect(await send(person, 'Buy  my thing')).toBe(OK);
    expect(await send(person, 'buy my thing')).toBe(OK);
    expect(await send(person, 'BUY MY THING')).toBe('RATE_LIMITED');
    expect(await send(person, 'something else')).toBe(OK);
  });

  test('answers a repeated clientMessageId above every rate', async () => {
    const person = await newPerson();
    expect(await send(person, 'first', undefined, 'mine')).toBe(OK);
    for (let i = 0; i < 4; i++) await send(person, `text ${i}`);
    expect(await send(person, 'other')).toBe('RATE_LIMITED');
    for (let i = 0; i < 10; i++) expect(await send(person, 'first', undefined, 'mine')).toBe(OK);
  });

  test('counts parallel repetitions of one message once', async () => {
    const person = await newPerson();
    const sends = Array.from({ length: 50 }, () => send(person, 'at once', undefined, 'same'));
    expect(new Set(await Promise.all(sends))).toEqual(new Set([OK]));
    expect(await send(person, 'at once')).toBe(OK);
    expect(await send(person, 'at once')).toBe('RATE_LIMITED');
  });
});

describe('wrong passwords', () => {
  test('delay logins to the account from the address, until the right password resets the delay', async () => {
    const { username } = await newPerson();
    const address = newAddress();
    for (let i = 0; i < 4; i++) expect(await login(username, 'wrong-pass-1', address)).toBe('UNAUTHENTICATED');
    expect(await login(username, PASSWORD, address)).toBe('RATE_LIMITED');
    // After the first wait of one second.
    await until(async () => (await login(username, PASSWORD, address)) === OK, 'the owner logs in');
    for (let i = 0; i < 3; i++) expect(await login(username, 'wrong-pass-1', address)).toBe('UNAUTHENTICATED');
  });

  test('for an unknown account are delayed in the same way', async () => {
    const address = newAddress();
    for (let i = 0; i < 4; i++) expect(await login('nobody_at_all', 'wrong-pass-1', address)).toBe('UNAUTHENTICATED');
    expect(await login('nobody_at_all', 'wrong-pass-1', address)).toBe('RATE_LIMITED');
  });

  test('from one address do not delay the owner at another address', async () => {
    const { username } = await newPerson();
    const address = newAddress();
    for (let i = 0; i < 6; i++) await login(username, 'wrong-pass-1', address);
    expect(await login(username, PASSWORD, address)).toBe('RATE_LIMITED');
    expect(await login(username, PASSWORD, newAddress())).toBe(OK);
  });

  test('from many addresses delay the account, but not a client with an open session of it', async () => {
    const { username, accessToken } = await newPerson();
    const guess = async (): Promise<unknown> => login(username, 'wrong-pass-1', newAddress());
    for (let i = 0; i < 16; i++) expect(await guess()).toBe('UNAUTHENTICATED');
    expect(await guess()).toBe('RATE_LIMITED');
    expect(await login(username, PASSWORD, newAddress(), accessToken)).toBe(OK);
  });

  test('for many accounts from one address are refused', async () => {
    const address = newAddress();
    for (let i = 0; i < 150; i++) expect(await login(`victim_${i}`, 'wrong-pass-1', address)).toBe('UNAUTHENTICATED');
    expect(await login('victim_150', 'wrong-pass-1', address)).toBe('RATE_LIMITED');
  });
});

describe('rates of an address', () => {
  test('the number of new accounts is limited, and invalid registrations do not count', async () => {
    const address = newAddress();
    const register = async (username: string) =>
      outcome(await app.post(RegisterDocument, { input: { username, password: PASSWORD } }, undefined, from(address)));
    for (let i = 0; i < 5; i++) expect(await register('!')).toBe('BAD_USER_INPUT');
    expect([await register('first_here'), await register('second_here')]).toEqual([OK, OK]);
    expect(await register('third_here')).toBe('RATE_LIMITED');
  });

  test('usernameAvailable and refresh are limited', async () => {
    const address = newAddress();
    const ask = async () =>
      outcome(await app.post(UsernameAvailableDocument, { username: 'some_name' }, undefined, from(address)));
    expect([await ask(), await ask(), await ask()]).toEqual([OK, OK, 'RATE_LIMITED']);
    const refresh = async () =>
      outcome(await app.post(RefreshDocument, { refreshToken: 'no.1.token' }, undefined, from(address)));
    expect([await refresh(), await refresh(), await refresh()]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED']);
  });

  test('requests for password links and uses of them are limited together', async () => {
    const address = newAddress();
    const ask = async (login: string) =>
      outcome(await app.post(RequestPasswordResetDocument, { login }, undefined, from(address)));
    const reset = async (newPassword: string) =>
      outcome(await app.post(ResetPasswordDocument, { token: 'x', newPassword }, undefined, from(address)));
    expect(await reset('short1')).toBe('BAD_USER_INPUT');
    expect([await ask('nobody_at_all'), await reset(PASSWORD)]).toEqual([OK, 'BAD_USER_INPUT']);
    expect([await ask('nobody_at_all'), await reset(PASSWORD)]).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  });
});

test('addresses that a client adds to X-Forwarded-For do not change under which address it counts', async () => {
  const address = newAddress();
  const ask = async (forged: string) =>
    outcome(await app.post(UsernameAvailableDocument, { username: 'some_name' }, undefined, from(`${forged}, ${address}`)));
  expect([await ask('192.0.2.1'), await ask('192.0.2.2'), await ask('127.0.0.1')]).toEqual([OK, OK, 'RATE_LIMITED']);
  const elsewhere = await app.post(UsernameAvailableDocument, { username: 'some_name' }, undefined, from(newAddress()));
  expect(outcome(elsewhere)).toBe(OK);
});

test('createRoom and setTyping have rates of their own', async () => {
  const { accessToken } = await newPerson();
  const create = async (id: string) => outcome(await app.post(CreateRoomDocument, { input: { id, title: id } }, accessToken));
  expect([await create('a'), await create('b')]).toEqual([OK, 'RATE_LIMITED']);
  const type = async () => outcome(await app.post(SetTypingDocument, { typing: true }, accessToken));
  expect([await type(), await type(), await type()]).toEqual([OK, OK, 'RATE_LIMITED']);
});

test('RATE_LIMITS=off disables all rates', async () => {
  const free = await TestApp.start({
    RATE_LIMITS: 'off',
    RATE_SEND_PER_USER: '1/1h',
    RATE_SAME_TEXT: '1/1h',
    RATE_LOGIN_FREE_TRIES: '1',
  });
  const person = await free.person();
  for (let i = 0; i < 3; i++) await free.send(person, 'the same');
  for (let i = 0; i < 5; i++) {
    const { errors } = await free.post(LoginDocument, { input: { login: person.username, password: 'wrong-pass-1' } });
    expect(errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  }
});
