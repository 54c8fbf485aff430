import { chatId, toTombstone, parseClientMessageId, parseText, type Chat } from '../../src/domain/chat';

const refusal = (field: string): unknown => expect.objectContaining({ code: 'BAD_USER_INPUT', field });

describe('the text of a message', () => {
  test.each([
    ['is trimmed', '  hello \n', 'hello'],
    ['keeps line breaks', 'one\r\ntwo', 'one\ntwo'],
    ['has a space for each tab', 'name\tage\nMina\t17', 'name age\nMina 17'],
    ['has one kind of line break', 'a\rb\vc\fd\u0085e\u2028f\u2029g', 'a\nb\nc\nd\ne\nf\ng'],
    ['is composed', '\u1112\u1161\u11ab', '한'],
    ['may hold emoji sequences', '👩‍👩‍👧 ok', '👩‍👩‍👧 ok'],
    ['may be 1,000 code points long', '🦊'.repeat(1000), '🦊'.repeat(1000)],
    ['may turn direction', 'abc\u202edef', 'abc\u202edef'],
  ])('%s', (_, raw, text) => {
    expect(parseText(raw)).toBe(text);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n\u3000 '],
    ['zero-width characters', '\u200b\u2060\ufeff\u200d'],
    ['letters that are drawn as nothing', '\u3164\u115f\u2800'],
    ['1,001 code points', '🦊'.repeat(1001)],
    ['a NUL', 'a\0b'],
    ['an escape', 'a\u001b[31m'],
    ['a backspace', 'a\bb'],
    ['a C1 control', 'a\u0081b'],
    ['a lone surrogate', 'a\ud800b'],
  ])('is refused if it is %s', (_, raw) => {
    expect(() => parseText(raw)).toThrow(refusal('text') as Error);
  });
});

test('a clientMessageId of 128 bytes is good and one of 129 is not', () => {
  expect(parseClientMessageId('가'.repeat(42) + 'ab')).toHaveLength(44);
  expect(() => parseClientMessageId('가'.repeat(43))).toThrow(refusal('clientMessageId') as Error);
  expect(() => parseClientMessageId('')).toThrow(refusal('clientMessageId') as Error);
});

test('a message id depends on author and clientMessageId, and on where one ends and the other begins', () => {
  expect(chatId('u1', 'm')).toBe(chatId('u1', 'm'));
  expect(chatId('u1', 'm')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(new Set([chatId('u1', 'm'), chatId('u', '1m'), chatId('u1', 'm2'), chatId('u2', 'm')]).size).toBe(4);
});

test('a tombstone keeps the place of a message and nothing that was said', () => {
  const chat: Chat = {
    id: 'i', room: 'main', authorId: 'a', author: 'n', text: 'secret', emotions: [9, 0, 0, 0, 0, 0, 0, 0], dominant: 'JOY', feeling: 'LOVE', answers: 'q',
    epoch: 'e', offset: 7, sentAt: 5, revision: 1, hidden: false,
  }; // prettier-ignore
  const nothing = { text: '', emotions: [0, 0, 0, 0, 0, 0, 0, 0], dominant: null, feeling: null, answers: null };
  expect(toTombstone(chat)).toEqual({ ...chat, ...nothing, hidden: true });
});
