import type { Chat } from '../../../src/domain/chat';
import { loadNounFinder } from '../../../src/insights/letter/nouns';
import { findTopics } from '../../../src/insights/letter/topics';
import { contribution } from '../../../src/domain/mood-bucket';
import { MoodSum } from '../../../src/insights/mood/mood';
import { chatOf } from '../../support/memory-log';

let offset = 0;
const said = (by: string, text: string) => ({ ...chatOf('e', ++offset, 'main', text), authorId: by, author: `the ${by}` });

async function* inChunks(chats: readonly Chat[]): AsyncGenerator<readonly Chat[]> {
  for (let i = 0; i < chats.length; i += 50) yield await Promise.resolve(chats.slice(i, i + 50));
}

function topicsOf(chats: readonly Chat[], earlier: readonly Chat[] = []): Promise<string[]> {
  const sum = new MoodSum();
  for (const chat of chats) sum.add(contribution(chat));
  return findTopics(
    {
      mood: sum.mood('main', { start: 0, end: 1 }),
      messages: () => inChunks(chats),
      earlierMessages: () => inChunks(earlier),
    },
    new AbortController().signal,
  );
}

describe('topics of a window', () => {
  it('are nouns that several accounts used, new ones first', async () => {
    const chats = ['a', 'b', 'c', 'd'].flatMap((by) => [said(by, '오늘 커피를 마셨어요'), said(by, '시험이 걱정돼요')]);
    const earlier = ['a', 'b', 'c', 'd', 'e'].map((by) => said(by, '시험은 언제나 어려워요'));
    expect(await topicsOf(chats, earlier)).toEqual(['커피', '시험']);
  });

  it('keep the capitals of an abbreviation, and none of other words', async () => {
    const chats = ['a', 'b', 'c', 'd'].flatMap((by) => [
      said(by, 'the API is slow, that API again'),
      said(by, 'Coffee with a friend'),
    ]);
    expect(new Set(await topicsOf(chats))).toEqual(new Set(['API', 'coffee', 'friend']));
  });

  it('need three accounts', async () => {
    const chats = [...Array.from({ length: 50 }, () => said('loud', 'banana banana')), said('friend', 'banana')];
    expect(await topicsOf(chats)).toEqual([]);
    expect(await topicsOf([...chats, said('third', 'a banana')])).toEqual(['banana']);
  });

  it('count few uses of each account, however late it joins', async () => {
    const chats = [
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((by) => said(by, 'coffee')),
      ...['a', 'b', 'c'].map((by) => said(by, 'banana')),
      ...Array.from({ length: 50 }, () => said('loud', 'banana')),
      said('g', 'coffee'),
    ];
    expect(await topicsOf(chats)).toEqual(['coffee', 'banana']);
  });

  it('contain no names of authors, addresses, codes or laughter', async () => {
    const text = 'ann ben cho https://evil.example/banana me@banana.org @bananaman ㅋㅋㅋㅋ hahahaaaa A1B2C3D4 abcdefghijklmnop';
    expect(await topicsOf(['ann', 'ben', 'cho', 'dan'].map((by) => said(by, text)))).toEqual([]);
  });

  it('contain no amounts', async () => {
    expect(await topicsOf(['a', 'b', 'c'].map((by) => said(by, '택배 3만원 2,000원짜리 10시간 5년이 3 kg')))).toEqual(['택배']);
  });

  it('are found in words with hidden characters', async () => {
    expect(await topicsOf(['a', 'b', 'c'].map((by) => said(by, 'cof\u200bfee')))).toEqual(['coffee']);
  });

  it('count accounts over all messages although one account floods the window with other words', async () => {
    const word = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('') + 'xyz';
    const flood = Array.from({ length: 60_000 }, (_, i) => said('a', word(i)));
    expect(await topicsOf([...flood, ...['a', 'b', 'c'].map((by) => said(by, 'coffee'))])).toEqual(['coffee']);
  });

  it('name a compound instead of its parts, but a part that is mostly used alone instead of the compound', async () => {
    const machine = ['a', 'b', 'c'].map((by) => said(by, 'the coffee machine is broken'));
    expect(await topicsOf(machine)).toEqual(['coffee machine']);
    const coffee = ['a', 'b', 'c', 'd', 'e', 'f'].map((by) => said(by, 'I want coffee'));
    expect(await topicsOf([...machine, ...coffee])).toEqual(['coffee']);
    expect(await topicsOf(['a', 'b', 'c'].map((by) => said(by, '소금빵이 막 나왔어요')))).toEqual(['소금빵']);
  });
});

describe('the noun finder', () => {
  it.each([
    ['커피를', ['커피']],
    ['학교에서는 친구들이 다 그래요', ['학교', '친구']],
    ['드디어 기말고사가 끝났어요', ['기말고사']],
    ['돌아가신 할아버지 목소리가 그리워요', ['할아버지', '목소리']],
    ['오늘 떡볶이 먹었어요 ㅋㅋ', ['떡볶이']],
    ['바다', ['바다']],
    ['가을', ['가을']],
    ['피자 먹자', ['피자']],
    ['층간 소음 때문에 못 살겠어요', ['층간', '소음']],
    ['인공지능 기술', ['인공지능', '인공', '지능', '기술']],
    ['행복한 하루였어요', []],
    ['사랑해요', []],
    ['먹었어요', []],
    ['누가 한 시간째 통화해요', ['통화']],
    ['내일 전화해요', []],
    ['운동해야죠', []],
    ['그리고', []],
    ['것은', []],
    ['한명이', []],
    ['The café was packed', ['café']],
    ['I broke my leg and slept badly', ['leg']],
    ['days', []],
    ['exams', ['exam']],
    ['the stories', ['story']],
    ['bus', ['bus']],
    ['class', ['class']],
    ['the', []],
    ["don't", []],
    ['soooo', []],
    ['John called on Friday', []],
    ['react 스터디', ['스터디']],
  ])('finds the nouns of %p', async (text, expected) => {
    expect([...(await loadNounFinder()).nounsOf(text)].sort()).toEqual([...expected].sort());
  });
});
