import { QuoteCheck } from '../../../src/insights/remote/quote-check';
import { chatOf } from '../../support/memory-log';

let offset = 0;
const said = (by: string, text: string) => ({ ...chatOf('e', ++offset, 'main', text), authorId: by });
function quoted(letter: string, ...messages: readonly (readonly [string, string])[]): string[] {
  const check = new QuoteCheck(letter);
  check.add(messages.map(([by, text]) => said(by, text)));
  return check.quoted();
}

describe('the quote check', () => {
  it('finds a run of 12 characters but not of 11', () => {
    expect(quoted('xx abcdefghijkl yy', ['ann', '1abcdefghijkl2'])).toEqual(['abcdefghijkl']);
    expect(quoted('xx abcdefghijk yy', ['ann', '1abcdefghijk2'])).toEqual([]);
    expect(quoted('모두가 어제의 일은 잊고 웃었어요', ['ann', '우리 어제의 일은 잊고 웃었으면'])).not.toEqual([]);
  });

  it('finds a run of 5 words with any punctuation but not of 4', () => {
    expect(quoted('so: I am an ox, I say', ['ann', 'i am... an OX!! i'])).toEqual(['i am an ox i']);
    expect(quoted('I am an ox - you', ['ann', 'i  am an... ox we'])).toEqual([]);
  });

  it('ignores case, full width, hidden characters and line breaks', () => {
    expect(quoted('they spoke of MY SECRET GARDEN again', ['ann', 'it is my\nsecret gar\u200bden'])).not.toEqual([]);
    expect(quoted('they spoke of my secret garden again', ['ann', 'ｍｙ ｓｅｃｒｅｔ ｇａｒｄｅｎ'])).not.toEqual([]);
  });

  it('ignores a phrase of three accounts, but not one that an account wrote three times', () => {
    const phrase = 'good morning everyone';
    const letter = `They said good morning everyone there.`;
    expect(quoted(letter, ['a', phrase], ['a', phrase], ['a', phrase])).not.toEqual([]);
    expect(quoted(letter, ['a', phrase], ['b', phrase])).not.toEqual([]);
    expect(quoted(letter, ['a', phrase], ['b', phrase], ['c', phrase])).toEqual([]);
  });

  it('finds every quotation that a substring search finds', () => {
    const message = 'The quick brown fox jumps over the lazy dog near the river bank at noon';
    for (let start = 0; start + 12 <= message.length; start++) {
      expect(quoted(`@@${message.slice(start, start + 12)}@@`, ['ann', message])).not.toEqual([]);
    }
  });
});
