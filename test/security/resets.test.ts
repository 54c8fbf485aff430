import { createHash } from 'node:crypto';
import { PASSWORD, type Person } from '../support/app';
import { underAttack, verdict, type Target } from '../support/attack';
import {
  CreatePasswordResetDocument,
  LoginDocument,
  MeDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../support/generated/graphql';
import { tokenIn } from '../support/mail-server';

const NEW = 'another-pass-2';
const { attack, target } = underAttack('password links', { ADMINS: 'chief', RATE_RESET_PER_ADDRESS: '1000/1m' });

let chief: Person | undefined;
const administrator = async ({ app }: Target): Promise<Person> => (chief ??= await app.person('chief'));

/** An account, and a link for it that an administrator made. */
async function linkOf(to: Target): Promise<{ person: Person; url: string; token: string }> {
  const person = await to.app.person();
  const { accessToken } = await administrator(to);
  const { createPasswordReset } = await to.app.ask(CreatePasswordResetDocument, { username: person.username }, accessToken);
  return { person, url: createPasswordReset.url, token: tokenIn(createPasswordReset.url) };
}

const use = ({ app }: Target, token: string, newPassword = NEW) => app.post(ResetPasswordDocument, { token, newPassword });
const field = (answer: Awaited<ReturnType<typeof use>>): string => {
  const name = answer.errors[0]?.extensions['field'];
  return `${verdict(answer)}${typeof name === 'string' ? ` ${name}` : ''}`;
};
const BAD = '200 BAD_USER_INPUT token';

describe('a link', () => {
  attack('a link that was used', BAD, async (to) => {
    const { token } = await linkOf(to);
    await use(to, token);
    return field(await use(to, token));
  });
  attack('another link of the account, after one was used', BAD, async (to) => {
    const { person, token } = await linkOf(to);
    const { accessToken } = await administrator(to);
    const other = await to.app.ask(CreatePasswordResetDocument, { username: person.username }, accessToken);
    await use(to, token);
    return field(await use(to, tokenIn(other.createPasswordReset.url)));
  });
  attack('one link used ten times at once', '1 of 10', async (to) => {
    const { token } = await linkOf(to);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => use(to, token, `another-pass-${i}`)));
    return `${answers.filter(({ errors }) => errors.length === 0).length} of 10`;
  });
  const forged: [string, (token: string) => string][] = [
    ['that is guessed', () => 'A'.repeat(43)],
    ['that is empty', () => ''],
    ['with one other character', (token) => `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`],
    ['without its last character', (token) => token.slice(0, -1)],
    ['with a space behind it', (token) => `${token} `],
    ['that is the hash in the store', (token) => createHash('sha256').update(token).digest('base64url')],
    ['of 50 KB', () => 'x'.repeat(50_000)],
    ['with the name of an operator of MongoDB', () => '$ne'],
  ];
  for (const [name, change] of forged) {
    attack(`a token ${name}`, BAD, async (to) => field(await use(to, change((await linkOf(to)).token))));
  }
  attack('a new password that breaks the rule, then a good one', '200 BAD_USER_INPUT newPassword, 200', async (to) => {
    const { token } = await linkOf(to);
    return `${field(await use(to, token, 'short1'))}, ${field(await use(to, token))}`;
  });
  attack(
    'a thief’s session and the old password, after the owner used a link',
    'UNAUTHENTICATED, UNAUTHENTICATED',
    async (to) => {
      const { person, token } = await linkOf(to);
      await use(to, token);
      const session = await to.app.post(MeDocument, {}, person.accessToken);
      const login = await to.app.post(LoginDocument, { input: { login: person.username, password: PASSWORD } });
      return [session, login].map(({ errors }) => String(errors[0]?.extensions['code'])).join(', ');
    },
  );
  attack('the Referer of the page that a link opens', 'no-referrer', async (to) => {
    const { url } = await linkOf(to);
    const response = await fetch(new URL(new URL(url).search, new URL('/reset', to.http)), { headers: { accept: 'text/html' } });
    return response.headers.get('referrer-policy') ?? 'sent';
  });
});

describe('asking for a link', () => {
  attack('createPasswordReset by somebody who is no administrator', '200 FORBIDDEN', async ({ app }) => {
    const { username, accessToken } = await app.person();
    return verdict(await app.post(CreatePasswordResetDocument, { username }, accessToken));
  });
  attack('createPasswordReset without a token', '200 UNAUTHENTICATED', async ({ app }) =>
    verdict(await app.post(CreatePasswordResetDocument, { username: 'chief' })),
  );
  attack('requestPasswordReset for an account and for nobody', 'the same answer', async ({ app }) => {
    const { username } = await app.person();
    const answers = await Promise.all(
      [username, 'nobody_at_all', 'nobody@example.org'].map(async (login) => {
        const { status, data, errors } = await app.post(RequestPasswordResetDocument, { login });
        return JSON.stringify([status, data, errors]);
      }),
    );
    return new Set(answers).size === 1 ? 'the same answer' : answers.join();
  });
});

test('the witness is still served', () => target().witnessIsServed());
