import type { Chat } from '../../domain/chat';
import { lettersAndDigits, normalizeText, words } from '../text';

/** A word in messages of so many accounts is shared by the room. */
const SHARED_BY = 3;
/** From this length on a word is also searched for within others, with spaces inside and over the border of two messages. */
const LONG = { korean: 3, latin: 6 } as const;
const MIN_LENGTH = { korean: 3, latin: 4 } as const;
/** Letters and digits kept of the messages before, of each account and of all short messages. */
const TAIL = 40;
const SHORT_MESSAGE = 24;
const MAX_ACCOUNTS = 50_000;
/** Stands for the accounts that wrote a word together, a piece each. */
const TOGETHER = '';

interface Candidate {
  readonly word: string;
  /** Without a Korean particle. */
  readonly stem: string;
  readonly long: boolean;
  readonly accounts: Set<string>;
}

/**
 * Finds words of a letter that one or two accounts wrote, so that a letter names only what the room shares. A word is also found
 * in Base64, with spaces or invisible characters inside, and split over messages of one account or of several in a row.
 */
export class RareWords {
  private readonly candidates: readonly Candidate[];
  private readonly tails = new Map<string, string>();
  private shortTail = '';

  /** @param isOrdinary whether a letter may use the lower-case word in any case */
  constructor(letter: string, isOrdinary: (word: string) => boolean) {
    this.candidates = [...new Set(words(letter))].flatMap((word) => {
      const script = /[가-힣]/.test(word) ? 'korean' : 'latin';
      if (word.length < MIN_LENGTH[script] || isOrdinary(word)) return [];
      const stem = script === 'korean' ? word.slice(0, Math.max(MIN_LENGTH.korean, word.length - 2)) : word;
      return [{ word, stem, long: stem.length >= LONG[script], accounts: new Set<string>() }];
    });
  }

  /** Call it with all messages of the window, in log order. */
  add(chats: readonly Chat[]): void {
    if (this.candidates.length === 0) return;
    for (const { text, authorId } of chats) {
      for (const reading of [text, ...decodeBase64(text)]) this.addReading(reading, authorId);
      this.addPieces(lettersAndDigits(text), authorId);
    }
  }

  found(): string[] {
    return this.candidates.flatMap(({ word, accounts: { size } }) => (size > 0 && size < SHARED_BY ? [word] : []));
  }

  private addReading(text: string, authorId: string): void {
    const compact = lettersAndDigits(text);
    const all = new Set(words(text));
    for (const { stem, long, accounts } of this.candidates) {
      if (accounts.size < SHARED_BY && (long ? compact.includes(stem) : all.has(stem))) accounts.add(authorId);
    }
  }

  private addPieces(compact: string, authorId: string): void {
    const before = this.tails.get(authorId) ?? '';
    this.addJoined(before, compact, authorId);
    if (before !== '' || this.tails.size < MAX_ACCOUNTS) this.tails.set(authorId, (before + compact).slice(-TAIL));
    if (compact.length > SHORT_MESSAGE) return;
    this.addJoined(this.shortTail, compact, TOGETHER);
    this.shortTail = (this.shortTail + compact).slice(-TAIL);
  }

  /** Adds words that begin in the messages before and end in this one. */
  private addJoined(before: string, compact: string, account: string): void {
    if (before === '') return;
    for (const { stem, long, accounts } of this.candidates) {
      if (!long || accounts.size >= SHARED_BY) continue;
      const border = before.slice(1 - stem.length) + compact.slice(0, stem.length - 1);
      if (border.includes(stem)) accounts.add(account);
    }
  }
}

/** Readable texts that stand in Base64 in the text. */
function decodeBase64(text: string): string[] {
  return (normalizeText(text).match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? []).flatMap((run) => {
    const reading = Buffer.from(run, 'base64').toString('utf8');
    return /^[\p{L}\p{N}\p{P}\p{S}\p{Z}\n]+$/u.test(reading) && !reading.includes('\ufffd') ? [reading] : [];
  });
}
