import { parseEmail, parsePassword, parseUsername } from '../../src/domain/user';

const refusal = (field: string): Error => expect.objectContaining({ code: 'BAD_USER_INPUT', field }) as Error;

describe('a username', () => {
  test.each([
    ['ASCII', 'Mina_01', 'Mina_01', 'mina_01'],
    ['Hangul', ' 고요한수달 ', '고요한수달', '고요한수달'],
    ['full width', 'ＭＩＮＡ', 'MINA', 'mina'],
    ['decomposed Hangul', '\u1112\u1161\u11ab글날', '한글날', '한글날'],
    ['two Hangul syllables', '민아', '민아', '민아'],
    ['two decomposed Hangul syllables', '민아'.normalize('NFD'), '민아', '민아'],
    ['with a Kelvin sign', '\u212aelvin', 'Kelvin', 'kelvin'],
  ])('in %s is folded', (_, raw, display, key) => {
    expect(parseUsername(raw)).toEqual({ display, key });
  });

  test.each(['ab', '가', '가a', 'ㄱㄴ', 'a'.repeat(21), 'a b c', 'mina!', 'ㅋㅋㅋ', 'míná', 'a@b.c', '', 'mi\0na', 'мина'])(
    '%j is refused',
    (raw) => {
      expect(() => parseUsername(raw)).toThrow(refusal('username'));
    },
  );
});

test('a letter of another script in a username is named, so that nobody looks for the fault in vain', () => {
  expect(() => parseUsername('min\u0430')).toThrow('U+0430 is another letter, even if it looks like one of them.');
  expect(() => parseUsername('mina!')).toThrow(/Hangul syllables\.$/);
});

describe('a password', () => {
  test.each([
    ['8 bytes', 'abcdefg1'],
    ['72 bytes', 'a1'.repeat(36)],
    ['18 emoji with a letter and a digit', '🦊'.repeat(17) + 'ab12'],
    ['Hangul with a digit', '비밀번호1'],
  ])('of %s is accepted', (_, raw) => {
    expect(parsePassword(raw)).toBe(raw);
  });

  test.each([
    ['7 bytes', 'abcdef1'],
    ['73 bytes', 'a1'.repeat(36) + 'a'],
    ['19 emoji', '🦊'.repeat(19) + 'a1'],
    ['no digit', 'abcdefgh'],
    ['no letter', '12345678'],
    ['a NUL', 'abc\0defg1'],
    ['a lone surrogate', 'abcdefg1\ud800'],
  ])('of %s is refused without being repeated', (_, raw) => {
    expect(() => parsePassword(raw)).toThrow(refusal('password'));
    try {
      parsePassword(raw);
    } catch (error) {
      expect(String(error)).not.toContain(raw);
    }
  });
});

test('a password is normalised by RFC 8265: NFC, and one kind of space', () => {
  expect(parsePassword('비밀번호1'.normalize('NFD'))).toBe('비밀번호1');
  expect(parsePassword('p\u00e4sswort\u00a01')).toBe('p\u00e4sswort 1');
  // 73 bytes as typed, 72 as hashed.
  expect(parsePassword(`e\u0301${'a1'.repeat(35)}`)).toBe(`\u00e9${'a1'.repeat(35)}`);
});

describe('an e-mail', () => {
  test.each(["o'brien@example.org", "!#$%&'*+-/=?^_`{|}~@example.org", 'first.last+tag@sub.example.org', '미나@예시.한국'])(
    '%s is accepted',
    (raw) => {
      expect(parseEmail(raw).display).toBe(raw);
    },
  );

  test('is compared without case', () => {
    expect(parseEmail(' Mina@Example.ORG ')).toEqual({ display: 'Mina@Example.ORG', key: 'mina@example.org' });
  });
  test.each([
    'mina',
    'mina@',
    '@example.org',
    'mina@example',
    'a b@example.org',
    'mina@@example.org',
    'm@e\n.org',
    'a[b]@example.org',
    'a\\b@example.org',
    '"a b"@example.org',
    `${'a'.repeat(65)}@b.c`,
  ])('%j is refused', (raw) => {
    expect(() => parseEmail(raw)).toThrow(refusal('email'));
  });
});
