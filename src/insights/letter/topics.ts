import type { Chat } from '../../domain/chat';
import { stem } from '../stem';
import { normalizeText } from '../text';

/** Fewer accounts than this, and a word is somebody's own: it is no topic of the room, and naming it would be quoting. */
const MIN_ACCOUNTS = 3;
export const MAX_TOPICS = 5;
/** A word counts as often as it is used, but not more than so often per account: nobody makes a topic alone. */
const MAX_USES_PER_ACCOUNT = 3;
/** Accounts kept in mind for each word. Past them it is a topic in any case, and further uses are counted without a look at whose. */
const MAX_ACCOUNTS = 16;
/** Words kept in mind; beyond, those that one account used are forgotten. Bounds the memory of a large day. */
const MAX_TERMS = 40_000;
/** Longer ones are codes, laughter or a run of 12 letters, which may be a quotation. */
const MAX_LETTERS = 11;

interface Term {
  /** Uses by account, of the first MAX_ACCOUNTS. */
  readonly accounts: Map<string, number>;
  count: number;
}

/**
 * What a room spoke about: the words with the greatest TF-IDF, that is, used by many now and on few messages of the days before.
 * Korean words lose their particles, English ones their plural.
 */
export class Topics {
  private readonly terms = new Map<string, Term>();
  private readonly names = new Set<string>();
  private readonly earlier = new Map<string, number>();
  private earlierMessages = 0;

  add(chats: readonly Chat[]): void {
    for (const chat of chats) {
      if (this.names.size < MAX_TERMS) for (const name of tokens(chat.author)) this.names.add(name);
      for (const token of new Set(tokens(chat.text))) this.use(token, chat.authorId);
    }
    if (this.terms.size > MAX_TERMS) this.forgetRare();
  }

  addEarlier(chats: readonly Chat[]): void {
    this.earlierMessages += chats.length;
    for (const chat of chats) {
      for (const token of new Set(tokens(chat.text))) {
        // Only what this window speaks of is compared.
        if (this.terms.has(token)) this.earlier.set(token, (this.earlier.get(token) ?? 0) + 1);
      }
    }
  }

  /** Most telling first. */
  top(): string[] {
    return [...this.terms]
      .filter(([token, term]) => term.accounts.size >= MIN_ACCOUNTS && !this.names.has(token))
      .map(([token, term]) => ({ token, weight: term.count * this.rarity(token) ** 2 }))
      .sort((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1))
      .slice(0, MAX_TOPICS)
      .map(({ token }) => token);
  }

  private use(token: string, authorId: string): void {
    let term = this.terms.get(token);
    if (!term) this.terms.set(token, (term = { accounts: new Map(), count: 0 }));
    const uses = term.accounts.get(authorId) ?? 0;
    if (uses === MAX_USES_PER_ACCOUNT) return;
    if (uses > 0 || term.accounts.size < MAX_ACCOUNTS) term.accounts.set(authorId, uses + 1);
    term.count++;
  }

  /** Inverse document frequency; squared above, so that what is new outweighs what is spoken of every day. */
  private rarity(token: string): number {
    return Math.log((this.earlierMessages + 20) / ((this.earlier.get(token) ?? 0) + 1));
  }

  private forgetRare(): void {
    for (const [token, term] of this.terms) if (term.accounts.size < 2) this.terms.delete(token);
    // Everything was used by several: those that came last go.
    let over = this.terms.size - MAX_TERMS;
    for (const token of [...this.terms.keys()].reverse()) {
      if (over-- <= 0) break;
      this.terms.delete(token);
    }
  }
}

/** What follows a number counts something: 3만원, 10시간, 5km. */
const COUNTED = /\d[\d,.]*\s?(?:[가-힣]+|[a-z]{1,4}\b)/g;
const NOT_WORDS = /https?:\/\/\S+|www\.\S+|\S+@\S+|@\S+/gi;

function tokens(text: string): string[] {
  const found: string[] = [];
  for (const word of normalizeText(text)
    .toLowerCase()
    .replace(NOT_WORDS, ' ')
    .replace(COUNTED, ' ')
    .match(/[가-힣]+|[a-z]+(?:'[a-z]+)?/g) ?? []) {
    if (word.length > MAX_LETTERS) continue;
    const token = stem(word);
    if (token) found.push(token);
  }
  return found;
}
