import { guestName, nickname } from '../../src/domain/nicknames';
import { isRoomId, parseTitle } from '../../src/domain/room';
import { titleIn } from '../../src/domain/room-title';
import { parseUsername } from '../../src/domain/user';

test.each(['main', 'a', '0-9', 'a'.repeat(40)])('%s can be a room', (id) => {
  expect(isRoomId(id)).toBe(true);
});

test.each(['', 'Main', 'a_b', 'a'.repeat(41), '__proto__', '../..', 'a:b*', 'main\n', '방'])('%j cannot be a room', (id) => {
  expect(isRoomId(id)).toBe(false);
});

test('the main room has a title in each language until it is given one, and every other room has its own', () => {
  expect([titleIn({ id: 'main', title: 'Jungle Buzz' }, 'ko'), titleIn({ id: 'main', title: 'Jungle Buzz' }, 'en')]).toEqual([
    '모두의 담벼락',
    'Everyone’s wall',
  ]);
  expect(titleIn({ id: 'main', title: '3학년 2반' }, 'en')).toBe('3학년 2반');
  expect(titleIn({ id: 'tea', title: 'Jungle Buzz' }, 'ko')).toBe('Jungle Buzz');
});

test('the names of guests are valid usernames with words and a number', () => {
  for (const locale of ['ko', 'en'] as const) {
    for (let adjective = 0; adjective < 64; adjective++) {
      // Where the words are too long for a username, the next ones are shorter.
      for (let noun = 0; noun < 64; noun++) {
        const picks = [adjective, noun, 2741 - 1000, 0, 0, 0];
        const name = guestName(locale, () => picks.shift() ?? 0);
        expect(parseUsername(name).display).toBe(name);
      }
    }
  }
  const names = [guestName('ko', () => 0), guestName('en', (below) => below - 1)];
  expect(names).toEqual(['고요한고래_1000', 'new_star_9999']);
});

test('a title is one visible line of at most 80 characters', () => {
  expect(parseTitle(' 책 읽는 방 ')).toBe('책 읽는 방');
  expect(parseTitle('pasted\tcells')).toBe('pasted cells');
  for (const raw of ['', '  ', 'a\nb', 'a\u202eb', '책'.repeat(81)]) {
    expect(() => parseTitle(raw)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', field: 'title' }) as Error);
  }
});

test('nicknames are two words, the same for the same hash, and many', () => {
  expect(nickname('ko', Uint8Array.of(0, 0))).toBe('고요한 고래');
  expect(nickname('en', Uint8Array.of(64, 64))).toBe(nickname('en', Uint8Array.of(0, 0)));
  const all = new Set<string>();
  for (let i = 0; i < 64; i++) for (let j = 0; j < 64; j++) all.add(nickname('ko', Uint8Array.of(i, j)));
  expect(all.size).toBe(4096);
});
