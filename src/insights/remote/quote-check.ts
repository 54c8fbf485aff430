import type { Chat } from '../../domain/chat';
import { plain, words } from '../text';

const RUN_CHARACTERS = 12;
const RUN_WORDS = 5;
/** What so many accounts wrote is a common phrase and nobody's own. */
const COMMON_ACCOUNTS = 3;
const BASE = 31;
/** BASE to the power of RUN_CHARACTERS - 1, in 32 bits. */
const TOP = Array.from({ length: RUN_CHARACTERS - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1);

/**
 * Whether a letter quotes: a run of 12 or more characters, or of 5 or more words, that stands in a message, unless messages of
 * three or more accounts hold it. Compared without case, hidden characters and differences of white space.
 * The letter is taken apart once; the messages stream by, and cost about a microsecond per 20 characters.
 */
export class QuoteCheck {
  private readonly runs = new Map<string, Set<string>>();
  /** Hashes of the runs of characters. */
  private readonly hashes = new Set<number>();

  constructor(letter: string) {
    const text = normalize(letter);
    for (let i = 0; i + RUN_CHARACTERS <= text.length; i++) this.runs.set(text.slice(i, i + RUN_CHARACTERS), new Set());
    for (const run of this.runs.keys()) this.hashes.add(hashOf(run));
    for (const run of wordRuns(letter)) this.runs.set(run, new Set());
  }

  add(chats: readonly Chat[]): void {
    for (const chat of chats) {
      this.addCharacters(normalize(chat.text), chat.authorId);
      for (const run of wordRuns(chat.text)) this.note(run, chat.authorId);
    }
  }

  /** Runs that some, but fewer than three, accounts wrote. */
  quoted(): string[] {
    return [...this.runs]
      .filter(([, accounts]) => accounts.size > 0 && accounts.size < COMMON_ACCOUNTS)
      .map(([run]) => run.replaceAll('\0', ' '));
  }

  private addCharacters(text: string, authorId: string): void {
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      if (i >= RUN_CHARACTERS) hash = (hash - Math.imul(text.charCodeAt(i - RUN_CHARACTERS), TOP)) | 0;
      hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
      if (i >= RUN_CHARACTERS - 1 && this.hashes.has(hash)) this.note(text.slice(i - RUN_CHARACTERS + 1, i + 1), authorId);
    }
  }

  private note(run: string, authorId: string): void {
    const accounts = this.runs.get(run);
    if (accounts && accounts.size < COMMON_ACCOUNTS) accounts.add(authorId);
  }
}

/** Which of some words are the room's own: in messages of three or more accounts. */
export class CommonWords {
  private readonly accounts: ReadonlyMap<string, Set<string>>;

  constructor(candidates: readonly string[]) {
    this.accounts = new Map(candidates.map((word) => [word, new Set()]));
  }

  add(chats: readonly Chat[]): void {
    if (this.accounts.size === 0) return;
    for (const chat of chats) {
      const text = normalize(chat.text);
      for (const [word, accounts] of this.accounts)
        if (accounts.size < COMMON_ACCOUNTS && text.includes(word)) accounts.add(chat.authorId);
    }
  }

  rare(): string[] {
    return [...this.accounts].filter(([, accounts]) => accounts.size < COMMON_ACCOUNTS).map(([word]) => word);
  }
}

const normalize = (text: string): string => plain(text).toLowerCase().replace(/\s+/g, ' ');

function hashOf(run: string): number {
  let hash = 0;
  for (let i = 0; i < run.length; i++) hash = (Math.imul(hash, BASE) + run.charCodeAt(i)) | 0;
  return hash;
}

/** NUL between the words: no run of characters looks like that. */
function* wordRuns(text: string): Generator<string> {
  const all = words(text);
  for (let i = 0; i + RUN_WORDS <= all.length; i++) yield all.slice(i, i + RUN_WORDS).join('\0');
}
