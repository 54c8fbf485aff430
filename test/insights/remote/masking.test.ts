import { mask, nameKey } from '../../../src/insights/remote/masking';

const none = new Set<string>();

describe('masking', () => {
  it.each([
    ['write me at ann.lee+x@mail.example.co.kr!', 'write me at [email]!'],
    ['ann (at) mail (dot) com', '[email]'],
    ['ann골뱅이naver점com', '[email]'],
    ['ａｎｎ＠ｍａｉｌ．ｃｏｍ', '[email]'],
    ['an\u200bn@ma\u200bil.com', '[email]'],
    ['see https://a.example/x?y=1#z now', 'see [url] now'],
    ['see www.example.org/x', 'see [url]'],
    ['naver.com 에서', '[url] 에서'],
    ['call 010-1234-5678', 'call [phone]'],
    ['call 01012345678 ok', 'call [phone] ok'],
    ['+82 10 1234 5678', '[phone]'],
    ['(555) 123-4567', '[phone]'],
    ['1588-1234', '[phone]'],
    ['카드 4111 1111 1111 1111 끝', '카드 [card] 끝'],
    ['4111111111111111', '[card]'],
    ['900101-1234567', '[card]'],
    ['sk-proj-abcdEFGH1234567890', '[key]'],
    ['AKIAIOSFODNN7EXAMPLE', '[key]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz012345', '[key]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '[key]'],
    ['aGVsbG8gd29ybGQgdGhpcyBpcyBsb25n', '[key]'],
    ['0123456789abcdef0123456789abcdef', '[key]'],
    ['hi @some_body there', 'hi [name] there'],
    ['in 2026 we had 12 cats, 3.5 dogs', 'in 2026 we had 12 cats, 3.5 dogs'],
    ['커피 3잔 마셨어요 ㅋㅋ', '커피 3잔 마셨어요 ᄏᄏ'],
    ['incomprehensibilities are long', 'incomprehensibilities are long'],
  ])('masks %p as %p', (text, expected) => {
    expect(mask(text, none)).toBe(expected);
  });

  it('masks names of authors, also with a particle or in several words', () => {
    const names = new Set(['river_fan', '민수아빠', '조용한 고래', '조용한 고래 2'].map(nameKey));
    expect(mask('River_Fan said so', names)).toBe('[name] said so');
    expect(mask('민수아빠는 좋겠다', names)).toBe('[name]는 좋겠다');
    expect(mask('오늘 조용한 고래가 왔어요', names)).toBe('오늘 [name]가 왔어요');
    expect(mask('조용한 고래 2님 안녕', names)).toBe('[name]님 안녕');
    expect(mask('조용한 바다', names)).toBe('조용한 바다');
  });
});
