import { RegExpMatcher, englishDataset, englishRecommendedTransformers } from 'obscenity';
import type { WordFilter } from '../../ports/word-filter';
import { findKorean } from './korean-words';
import { OwnWords } from './own-words';

/** Masks insults: English ones found by obscenity, also in leetspeak and with repeated letters, Korean ones by a word list. */
export class WordListFilter implements WordFilter {
  private readonly english = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });

  private readonly own = new OwnWords();

  mask(text: string, ownWords: readonly string[]): string {
    const english = this.english
      .getAllMatches(text)
      .map(({ startIndex, endIndex }): [number, number] => [startIndex, endIndex + 1]);
    const marks = new Uint8Array(text.length);
    for (const [start, end] of [...english, ...findKorean(text), ...this.own.find(text, ownWords)]) marks.fill(1, start, end);
    if (!marks.includes(1)) return text;
    // One asterisk per character, not per UTF-16 unit.
    let masked = '';
    let at = 0;
    for (const character of text) {
      masked += marks[at] === 1 && character.trim() !== '' ? '*' : character;
      at += character.length;
    }
    return masked;
  }
}
