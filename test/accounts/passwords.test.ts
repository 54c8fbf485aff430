import { hash } from 'bcrypt';
import { Passwords } from '../../src/accounts/passwords';

const passwords = new Passwords(4);

test('verifies a password against its hash', async () => {
  const hash = await passwords.hash('correct horse 1');
  expect(await passwords.verify('correct horse 1', hash)).toBe(true);
  expect(await passwords.verify('correct horse 2', hash)).toBe(false);
});

test('accepts a password in decomposed form, and a hash of the raw form', async () => {
  const [composed, decomposed] = ['비밀번호 1'.normalize('NFC'), '비밀번호 1'.normalize('NFD')];
  const normalised = await passwords.hash(decomposed);
  expect(await passwords.verify(composed, normalised)).toBe(true);
  expect(await passwords.verify(decomposed, normalised)).toBe(true);
  const old = await hash(decomposed, 4);
  expect(await passwords.verify(decomposed, old)).toBe(true);
  expect(await passwords.verify(composed, old)).toBe(false);
});

test('rejects every password of an unknown user', async () => {
  expect(await passwords.verify('some password 1', undefined)).toBe(false);
  expect(await passwords.verify('', undefined)).toBe(false);
});

test('rejects a password longer than 72 bytes that begins with the right one', async () => {
  const long = 'a1'.repeat(36);
  const hash = await passwords.hash(long);
  expect(await passwords.verify(long, hash)).toBe(true);
  expect(await passwords.verify(`${long}more`, hash)).toBe(false);
  expect(await passwords.verify(`${long}\0`, hash)).toBe(false);
});

test('refuses a flood of hashes and answers all that were accepted', async () => {
  const flood = await Promise.allSettled(Array.from({ length: 200 }, () => passwords.hash('flood pass 1')));
  const refused = flood.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(100);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) as number });
  expect(flood.length - refused.length).toBe(42);
  expect(await passwords.hash('after the flood 1')).toMatch(/^\$2b\$04\$/);
});
