import { mayNeedFolding } from '../../src/web/view/folding';
import { piecesOf } from '../../src/web/view/links';

const linksOf = (text: string): string[] => piecesOf(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.text]));

test.each([
  ['see https://example.org.', 'https://example.org'],
  ['(https://example.org/a)', 'https://example.org/a'],
  ['https://en.wikipedia.org/wiki/Wall_(band), then', 'https://en.wikipedia.org/wiki/Wall_(band)'],
  ['(see https://en.wikipedia.org/wiki/Wall_(band))', 'https://en.wikipedia.org/wiki/Wall_(band)'],
  ['[https://example.org/?a=1&b=2]!?', 'https://example.org/?a=1&b=2'],
  ['“https://example.org/x…”', 'https://example.org/x'],
  ['HTTP://EXAMPLE.org/A', 'HTTP://EXAMPLE.org/A'],
  ['http://example.org:8080/#top', 'http://example.org:8080/#top'],
  ['https://example.org에서 봤어요', 'https://example.org'],
  ['https://example.org:8080에서요', 'https://example.org:8080'],
  ['여기https://example.org/12를 보세요', 'https://example.org/12'],
  ['https://example.org/post/에서는요.', 'https://example.org/post/'],
  ['https://example.org/a(https)까지', 'https://example.org/a(https)'],
  ['https://ko.wikipedia.org/wiki/서울', 'https://ko.wikipedia.org/wiki/서울'],
  ['https://example.org/?q=나', 'https://example.org/?q=나'],
  ['https://한글.kr/ 좋아요', 'https://한글.kr/'],
])('finds the link of %j', (text, link) => {
  expect(linksOf(text)).toEqual([link]);
  expect(
    piecesOf(text)
      .map((piece) => (typeof piece === 'string' ? piece : piece.text))
      .join(''),
  ).toBe(text);
});

test.each([
  'javascript:alert(1)',
  'ftp://example.org',
  'example.org',
  'https://',
  'https://...',
  'xhttps://example.org',
  'https://example.com@evil.example',
  'https://localhost',
])('leaves %j as text', (text) => {
  expect(piecesOf(text)).toEqual([text]);
});

test('cuts a link at a character that changes the direction of writing', () => {
  expect(linksOf('https://example.org/\u202egro.live')).toEqual(['https://example.org/']);
});

test('finds several links, and has no pieces for an empty text', () => {
  expect(linksOf('https://a.example, https://b.example/c')).toEqual(['https://a.example', 'https://b.example/c']);
  expect(piecesOf('')).toEqual([]);
});

test('considers folding for a text of more than twelve lines, or of so many characters', () => {
  expect(mayNeedFolding('a\n'.repeat(11))).toBe(false);
  expect(mayNeedFolding('a\n'.repeat(12))).toBe(true);
  expect(mayNeedFolding('짧은 글이에요')).toBe(false);
  expect(mayNeedFolding('x'.repeat(1_000))).toBe(true);
});
