import { decodeCursor, encodeCursor } from '../../src/domain/position';

const place = { epoch: 'e1', room: 'main', offset: 42 };
const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT', field: 'after' }) as Error;
const forge = (body: string) => Buffer.from(body, 'latin1').toString('base64url');

test('a cursor comes back as the place it was made of', () => {
  expect(decodeCursor(encodeCursor(place), 'after', 'main')).toEqual(place);
});

test('a cursor of another room is refused', () => {
  expect(() => decodeCursor(encodeCursor({ ...place, room: 'other' }), 'after', 'main')).toThrow(refusal);
});

test('a cursor with any character changed or cut off is refused', () => {
  const cursor = encodeCursor(place);
  for (let i = 0; i < cursor.length; i++) {
    const flipped = cursor.slice(0, i) + (cursor[i] === 'A' ? 'B' : 'A') + cursor.slice(i + 1);
    // The last character may hold bits that decode to nothing.
    if (Buffer.from(flipped, 'base64url').equals(Buffer.from(cursor, 'base64url'))) continue;
    expect(() => decodeCursor(flipped, 'after', 'main')).toThrow(refusal);
    expect(() => decodeCursor(cursor.slice(0, i), 'after', 'main')).toThrow(refusal);
  }
});

test.each([
  '',
  'garbage',
  '%%%',
  'a'.repeat(10_000),
  forge('1.e1.main.42'),
  forge('1.e1.main.-1.0'),
  forge('1.e1.main.1e9.0'),
  forge('2.e1.main.42.0'),
])('%.20s is refused', (raw) => {
  expect(() => decodeCursor(raw, 'after', 'main')).toThrow(refusal);
});
