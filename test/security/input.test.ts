import { type Person } from '../support/app';
import { underAttack, verdict, type Target } from '../support/attack';

const { attack } = underAttack('input', {
  RATE_REGISTER_PER_ADDRESS: '1000/1m',
  RATE_SEND_PER_USER: '1000/1s',
});

const OK = '200';
const BAD = '200 BAD_USER_INPUT';
/** The value does not match the type of the variable, so the operation is not executed. */
const UNFIT = '400 BAD_USER_INPUT';

let serial = 0;
const newPerson = (to: Target): Promise<Person> => to.app.person(`input_${++serial}`);

/** @param variables as JSON text for values that no JavaScript object can hold */
const ask = async (to: Target, query: string, variables: unknown, token?: string): Promise<string> => {
  const text = typeof variables === 'string' ? variables : JSON.stringify(variables);
  return verdict(await to.app.postRaw(`{"query":${JSON.stringify(query)},"variables":${text}}`, token));
};

describe('pages and cursors', () => {
  const CHATS = 'query ($first: Int, $after: ChatCursor) { chats(first: $first, after: $after) { edges { cursor } } }';
  for (const [first, outcome] of [
    ['1', OK],
    ['100', OK],
    ['0', BAD],
    ['-0', BAD],
    ['-1', BAD],
    ['101', BAD],
    ['1e9', BAD],
    ['2147483647', BAD],
    ['2147483648', UNFIT],
    ['9007199254740992', UNFIT],
    ['1e400', UNFIT],
    ['1.5', UNFIT],
    ['"1"', UNFIT],
    ['[1, 2]', UNFIT],
  ] as const) {
    attack(`first: ${first}`, outcome, (to) => ask(to, CHATS, `{"first":${first}}`));
  }
  attack('first: NaN, as a word of the query', '400 GRAPHQL_VALIDATION_FAILED', (to) =>
    ask(to, '{ chats(first: NaN) { edges { cursor } } }', {}),
  );
  for (const [name, after, outcome] of [
    ['an empty text', '', BAD],
    ['garbage', 'x'.repeat(40), BAD],
    ['JSON in base64', Buffer.from('{"epoch":"x","room":"main","offset":1}').toString('base64url'), BAD],
    ['10 KB', 'A'.repeat(10_000), BAD],
    ['NUL', '\0', BAD],
    ['{"$gt": ""}', { $gt: '' }, UNFIT],
  ] as const) {
    attack(`a cursor that is ${name}`, outcome, (to) => ask(to, CHATS, { first: 1, after }));
  }
});

describe('rooms', () => {
  for (const [name, room, outcome] of [
    ['__proto__', '__proto__', '200 NOT_FOUND'],
    ['constructor', 'constructor', '200 NOT_FOUND'],
    ['../..', '../..', '200 NOT_FOUND'],
    ['a:b*', 'a:b*', '200 NOT_FOUND'],
    ['main and a NUL', 'main\0', '200 NOT_FOUND'],
    ['MAIN', 'MAIN', '200 NOT_FOUND'],
    ['10 KB', 'a'.repeat(10_000), '200 NOT_FOUND'],
    ['{"$ne": null}', { $ne: null }, UNFIT],
  ] as const) {
    attack(`reading the room ${name}`, outcome, (to) =>
      ask(to, 'query ($room: ID!) { recentChats(room: $room) { cursor } }', { room }),
    );
    attack(`creating the room ${name}`, room === 'constructor' ? OK : outcome === UNFIT ? UNFIT : BAD, async (to) =>
      ask(
        to,
        'mutation ($id: ID!) { createRoom(input: { id: $id, title: "x" }) { id } }',
        { id: room },
        (await newPerson(to)).accessToken,
      ),
    );
  }
  for (const [name, title, outcome] of [
    ['81 characters', 'x'.repeat(81), BAD],
    ['blank', ' \u200b ', BAD],
    ['with a NUL', 'a\0b', BAD],
    ['with a bidi override', 'a\u202eb', BAD],
  ] as const) {
    attack(`a title ${name}`, outcome, async (to) =>
      ask(
        to,
        'mutation ($title: String!) { createRoom(input: { id: "t", title: $title }) { id } }',
        { title },
        (await newPerson(to)).accessToken,
      ),
    );
  }
});

describe('messages', () => {
  const SEND = 'mutation ($id: ID!, $text: String!) { sendChat(input: { clientMessageId: $id, text: $text }) { id text } }';
  for (const [name, text, outcome] of [
    ['an empty text', '', BAD],
    ['a blank text', ' \n\t ', BAD],
    ['zero-width characters alone', '\u200b\u200d\ufeff\u2060', BAD],
    ['Hangul fillers alone', '\u3164\u115f\u1160', BAD],
    ['1,000 characters', 'x'.repeat(1_000), OK],
    ['1,001 characters', 'x'.repeat(1_001), BAD],
    ['1,000 emoji, 4,000 bytes', '🌿'.repeat(1_000), OK],
    ['1,001 emoji', '🌿'.repeat(1_001), BAD],
    ['1,001 letters of three bytes', '각'.repeat(1_001), BAD],
    ['1,000 letters of three code points that are one in NFC', '각'.normalize('NFD').repeat(1_000), OK],
    ['60,000 bytes', 'x'.repeat(60_000), BAD],
    ['NUL', 'a\0b', BAD],
    ['a C0 control', 'a\u0007b', BAD],
    ['a C1 control', 'a\u0081b', BAD],
    ['cells of a spreadsheet with tabs, which become spaces', 'a\tb\r\nc\td', OK],
    ['text with VT, FF, NEL and a lone CR, which become line breaks', 'a\vb\fc\u0085d\re', OK],
    ['tabs alone', '\t\t', BAD],
    ['an escape sequence of a terminal', '\u001b[31mred', BAD],
    ['a bidi override, which is valid', 'a\u202eb', OK],
    ['unclosed bidi isolates, which are valid', 'a\u2066\u2067\u2068b', OK],
    ['1,000 combining marks', `a${'\u0300'.repeat(999)}`, OK],
    ['a lone surrogate', 'a\ud800b', BAD],
    ['{"$gt": ""}', { $gt: '' }, UNFIT],
    ['a number', 1, UNFIT],
    ['HTML, which is valid', '<img src=x onerror=alert(1)>', OK],
  ] as const) {
    attack(`a message that is ${name}`, outcome, async (to) =>
      ask(to, SEND, { id: `m${++serial}`, text }, (await newPerson(to)).accessToken),
    );
  }
  for (const [name, id, outcome] of [
    ['an empty text', '', BAD],
    ['128 bytes', 'x'.repeat(128), OK],
    ['129 bytes', 'x'.repeat(129), BAD],
    ['43 letters of three bytes', '각'.repeat(43), BAD],
    ['a lone surrogate', '\udc00', BAD],
    ['__proto__', '__proto__', OK],
    ['{"$gt": ""}', { $gt: '' }, UNFIT],
    ['a number beyond 2^53', 9007199254740993n, OK],
  ] as const) {
    attack(`a clientMessageId that is ${name}`, outcome, async (to) => {
      const value = typeof id === 'bigint' ? String(id) : JSON.stringify(id);
      return ask(to, SEND, `{"id":${value},"text":"hello ${++serial}"}`, (await newPerson(to)).accessToken);
    });
  }
  attack('a message whose JSON has duplicate keys', OK, async (to) =>
    ask(
      to,
      SEND,
      '{"id":"twice","text":"first","text":"second","__proto__":{"text":"third"}}',
      (await newPerson(to)).accessToken,
    ),
  );
});

describe('accounts', () => {
  const REGISTER =
    'mutation ($u: String!, $p: String!, $e: String) { register(input: { username: $u, password: $p, email: $e }) { user { username } } }';
  const LOGIN = 'mutation ($u: String!, $p: String!) { login(input: { login: $u, password: $p }) { user { username } } }';
  const name = (): string => `fresh_${++serial}`;
  for (const [what, password, outcome] of [
    ['of 72 bytes', 'a1'.repeat(36), OK],
    ['of 73 bytes', `${'a1'.repeat(36)}a`, BAD],
    ['with a NUL', 'abcdefg1\0x', BAD],
    ['of 17 emoji, a letter and a digit', `${'🌿'.repeat(17)}a1`, OK],
    ['of 18 emoji, a letter and a digit', `${'🌿'.repeat(18)}a1`, BAD],
    ['of 18 emoji, 72 bytes without a letter or a digit', '🌿'.repeat(18), BAD],
    ['of 19 emoji', '🌿'.repeat(19), BAD],
    ['of 18 letters and digits of four bytes', '𝐚𝟏'.repeat(9), OK],
    ['of 19 letters and digits of four bytes', `${'𝐚𝟏'.repeat(9)}𝐚`, BAD],
    ['of 7 bytes', 'abcde12', BAD],
    ['of 73 bytes that are 72 in NFC', `e\u0301${'a1'.repeat(35)}`, OK],
    ['without a digit', 'abcdefgh', BAD],
    ['of 60 KB', 'a1'.repeat(30_000), BAD],
    ['with a lone surrogate', 'abcdefg1\ud800', BAD],
    ['that is {"$ne": ""}', { $ne: '' }, UNFIT],
  ] as const) {
    attack(`a password ${what}`, outcome, (to) => ask(to, REGISTER, { u: name(), p: password }));
  }
  attack('a password of 1 MB', '413 BAD_REQUEST', (to) => ask(to, REGISTER, { u: name(), p: 'a1'.repeat(500_000) }));
  attack('a login with the 72 bytes of the password and one more', '200 UNAUTHENTICATED', async (to) => {
    const [username, password] = [name(), 'a1'.repeat(36)];
    expect(await ask(to, REGISTER, { u: username, p: password })).toBe(OK);
    return ask(to, LOGIN, { u: username, p: `${password}x` });
  });
  attack('a login with the password, NUL and more', '200 UNAUTHENTICATED', async (to) => {
    const username = name();
    expect(await ask(to, REGISTER, { u: username, p: 'abcdefg1' })).toBe(OK);
    return ask(to, LOGIN, { u: username, p: 'abcdefg1\0x' });
  });
  attack('a login as {"$gt": ""}', UNFIT, (to) => ask(to, LOGIN, { u: { $gt: '' }, p: 'abcdefg1' }));

  const TAKEN = '200 USERNAME_TAKEN';
  for (const [what, base, other, outcome] of [
    ['in other case', 'minaone', 'MinaOne', TAKEN],
    ['in full width', 'minatwo', 'ｍｉｎａｔｗｏ', TAKEN],
    ['with spaces around', 'minathree', '  minathree ', TAKEN],
    ['of two syllables in decomposed Hangul', '하나', '하나'.normalize('NFD'), TAKEN],
    ['in decomposed Hangul', '미나하나', '미나하나'.normalize('NFD'), TAKEN],
    ['with a Cyrillic letter that looks alike', 'minafour', 'minаfour', BAD],
    ['with a Greek letter that looks alike', 'omicron', '\u03bfmicron', BAD],
    ['with a zero-width space', 'minafive', 'mina\u200bfive', BAD],
    ['with a dotless i', 'minasix', 'mınasix', BAD],
    ['with the sign of Kelvin', 'minak', 'mina\u212a', TAKEN],
  ] as const) {
    attack(`the username of another account ${what}`, outcome, async (to) => {
      expect(await ask(to, REGISTER, { u: base, p: 'abcdefg1' })).toBe(OK);
      return ask(to, REGISTER, { u: other, p: 'abcdefg1' });
    });
  }
  for (const [what, username] of [
    ['__proto__ and a dot', '__proto__.'],
    ['of 21 letters', 'a'.repeat(21)],
    ['of 60 KB', 'a'.repeat(60_000)],
    ['with a NUL', 'mina\0'],
    ['of two ASCII letters', 'ab'],
    ['of a syllable and a letter', '가a'],
    ['of one syllable', '가'],
    ['of emoji', '🌿🌿🌿'],
  ] as const) {
    attack(`a username ${what}`, BAD, (to) => ask(to, REGISTER, { u: username, p: 'abcdefg1' }));
  }
  attack('a username with a Cyrillic letter, which the error names', BAD, async (to) => {
    const answer = await to.app.postRaw({ query: REGISTER, variables: { u: 'min\u0430', p: 'abcdefg1' } });
    expect(answer.errors[0]?.message).toContain('U+0430');
    return verdict(answer);
  });
  attack('the username __proto__, which is valid', OK, (to) => ask(to, REGISTER, { u: '__proto__', p: 'abcdefg1' }));
  attack('a login in NFD with a password registered in NFC', OK, async (to) => {
    const username = name();
    expect(await ask(to, REGISTER, { u: username, p: '비밀번호1'.normalize('NFC') })).toBe(OK);
    return ask(to, LOGIN, { u: username, p: '비밀번호1'.normalize('NFD') });
  });
  attack("the e-mail o'brien@example.org", OK, (to) => ask(to, REGISTER, { u: name(), p: 'abcdefg1', e: "o'brien@example.org" }));
  for (const email of ['a@b', 'a b@c.org', 'a@b.org\r\nBcc: x@y.org', '<a@b.org>', `${'a'.repeat(300)}@b.org`]) {
    attack(`the e-mail ${JSON.stringify(email.length > 50 ? `${email.slice(0, 5)}… of 300 bytes` : email)}`, BAD, (to) =>
      ask(to, REGISTER, { u: name(), p: 'abcdefg1', e: email }),
    );
  }
});
