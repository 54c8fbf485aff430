import { stem } from '../../../src/insights/stem';
import { Topics } from '../../../src/insights/letter/topics';
import { chatOf } from '../../support/memory-log';

let offset = 0;
const said = (by: string, text: string) => ({ ...chatOf('e', ++offset, 'main', text), authorId: by, author: `the ${by}` });

describe('topics', () => {
  it('are words that several accounts used, those first that are new', () => {
    const topics = new Topics();
    topics.add(['a', 'b', 'c', 'd'].flatMap((by) => [said(by, '오늘 커피를 마셨어요'), said(by, '시험이 걱정돼요')]));
    topics.addEarlier(['a', 'b', 'c', 'd', 'e'].map((by) => said(by, '시험은 언제나 어려워요')));
    expect(topics.top()).toEqual(['커피', '시험']);
  });

  it('are made by no account alone, nor by two', () => {
    const topics = new Topics();
    topics.add(Array.from({ length: 50 }, () => said('loud', 'banana banana')));
    topics.add([said('friend', 'banana')]);
    expect(topics.top()).toEqual([]);
    topics.add([said('third', 'a banana')]);
    expect(topics.top()).toEqual(['banana']);
  });

  it('do not come first because one who joined late repeats them', () => {
    const topics = new Topics();
    for (const by of ['a', 'b', 'c', 'd', 'e', 'f']) topics.add([said(by, 'coffee')]);
    for (const by of ['a', 'b', 'c']) topics.add([said(by, 'banana')]);
    topics.add(Array.from({ length: 50 }, () => said('loud', 'banana')));
    topics.add([said('g', 'coffee')]);
    expect(topics.top()).toEqual(['coffee', 'banana']);
  });

  it('hold no names of authors, addresses, codes or laughter', () => {
    const topics = new Topics();
    for (const by of ['ann', 'ben', 'cho', 'dan']) {
      topics.add([
        said(by, 'ann ben cho https://evil.example/banana me@banana.org @bananaman ㅋㅋㅋㅋ hahahaaaa A1B2C3D4 abcdefghijklmnop'),
      ]);
    }
    expect(topics.top()).toEqual([]);
  });

  it('hold nothing that only counts', () => {
    const topics = new Topics();
    for (const by of ['a', 'b', 'c']) topics.add([said(by, '택배 3만원 2,000원짜리 10시간 5년이 3 kg')]);
    expect(topics.top()).toEqual(['택배']);
  });

  it('see through hidden characters', () => {
    const topics = new Topics();
    for (const by of ['a', 'b', 'c']) topics.add([said(by, 'cof\u200bfee')]);
    expect(topics.top()).toEqual(['coffee']);
  });

  it('keep a bounded memory', () => {
    const topics = new Topics();
    const word = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('') + 'xyz';
    for (let i = 0; i < 60_000; i += 100) topics.add(Array.from({ length: 100 }, (_, k) => said('a', word(i + k))));
    for (const by of ['a', 'b', 'c']) topics.add([said(by, 'coffee')]);
    expect(topics.top()).toEqual(['coffee']);
  });
});

describe('the stemmer', () => {
  it.each([
    ['커피를', '커피'],
    ['학교에서는', '학교'],
    ['친구들이', '친구'],
    ['바다', '바다'],
    ['가을', '가을'],
    ['먹었어요', null],
    ['그리고', null],
    ['것은', null],
    ['말이', null],
    ['나이도', '나이'],
    ['한명이', null],
    ['길이', '길이'],
    ['days', null],
    ['exams', 'exam'],
    ['bus', 'bus'],
    ['class', 'class'],
    ['the', null],
    ["don't", null],
    ['soooo', null],
  ])('makes %s into %p', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});
