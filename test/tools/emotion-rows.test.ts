import { NONE } from '../../src/adapters/local-model/chat-model-file';
import { parseChatRows, readChatRows } from '../../tools/emotions/chat-rows';
import { nearCopies } from '../../tools/emotions/near-copies';

describe.each(['ko', 'en'] as const)('rows of chat: %s', (language) => {
  const chat = readChatRows('chat', language);
  const test = readChatRows('test', language);
  const texts = (rows: typeof chat) => rows.map(({ text }) => text);

  it('has 3,000 chat rows, a third of them without a feeling, and 300 test rows', () => {
    expect(chat.length).toBeGreaterThanOrEqual(3000);
    expect(chat.filter(({ labels }) => labels[NONE] === 1).length).toBeGreaterThanOrEqual(chat.length / 3);
    expect(test.length).toBeGreaterThanOrEqual(300);
  });

  it('has no two chat rows that share more than half of their trigrams', () => {
    expect(nearCopies(texts(chat))).toEqual([]);
  });

  it('has no chat row that is or resembles a row of the test set', () => {
    expect(nearCopies(texts(chat), texts(test))).toEqual([]);
  });
});

it('finds a copy whatever its punctuation, spacing and case', () => {
  expect(nearCopies(['See you TOMORROW then!!'], ['see you tomorrow, then', 'the bus is late'])).toEqual([
    ['See you TOMORROW then!!', 'see you tomorrow, then'],
  ]);
  expect(nearCopies(['오늘 회의 몇시야', '오늘회의 몇 시야?'])).toHaveLength(1);
  expect(nearCopies(['오늘 회의 몇시야', '강아지가 아파요'])).toEqual([]);
});

it('refuses unknown labels and more than two', () => {
  expect(() => parseChatRows('hello\tHAPPY')).toThrow('hello');
  expect(() => parseChatRows('hello\tJOY,LOVE,CALM')).toThrow('hello');
});
