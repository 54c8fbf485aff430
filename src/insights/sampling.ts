import type { Chat } from '../domain/chat';
import { HOUR_MS } from './mood/mood';
import { hash } from './text';

/** Largest share of the budget for one account. */
const ACCOUNT_SHARE = 0.1;
/** Candidates kept per hour, far more than any budget needs. */
const MAX_PER_HOUR = 400;
/** Candidates kept of all hours, whose texts stay in memory until the sample is chosen: a kilobyte or more each. */
const MAX_KEPT = 4_000;
/** Hours with candidates: a window of a month. */
const MAX_HOURS = 750;
/** Tokens of the JSON around a message. */
const OVERHEAD_TOKENS = 12;

interface Candidate {
  readonly chat: Chat;
  /** Earlier messages of the account in this hour. */
  readonly round: number;
  readonly order: number;
}

/**
 * Upper estimate without a tokenizer: one token per character beyond ASCII, one per three ASCII characters. Tokenizers of GPT
 * models need about two thirds of that for Korean and three quarters for English.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) wide++;
  return wide + Math.ceil((text.length - wide) / 3);
}

/**
 * Chooses messages within a token budget, evenly over the hours and, within an hour, over the accounts; one account gets at most
 * a tenth of the budget. The same messages give the same sample. Memory is bounded while messages are added.
 */
export class Sample {
  private kept = 0;
  private readonly hours = new Map<number, { candidates: Candidate[]; readonly seen: Map<string, number> }>();

  constructor(private readonly budgetTokens: number) {}

  add(chat: Chat): void {
    const start = Math.floor(chat.sentAt / HOUR_MS) * HOUR_MS;
    let hour = this.hours.get(start);
    if (!hour) {
      if (this.hours.size === MAX_HOURS) return;
      this.hours.set(start, (hour = { candidates: [], seen: new Map() }));
    }
    const round = hour.seen.get(chat.authorId) ?? 0;
    hour.seen.set(chat.authorId, round + 1);
    hour.candidates.push({ chat, round, order: hash(chat.id) });
    this.kept++;
    if (hour.candidates.length === 2 * MAX_PER_HOUR) {
      hour.candidates = hour.candidates.sort(byRound).slice(0, MAX_PER_HOUR);
      this.kept -= MAX_PER_HOUR;
    }
    if (this.kept > MAX_KEPT) this.trim();
  }

  /** Halves what is kept, by the same number for each hour. An hour keeps those that it would choose first. */
  private trim(): void {
    const each = Math.max(1, Math.floor(MAX_KEPT / 2 / this.hours.size));
    this.kept = 0;
    for (const hour of this.hours.values()) {
      if (hour.candidates.length > each) hour.candidates = hour.candidates.sort(byRound).slice(0, each);
      this.kept += hour.candidates.length;
    }
  }

  /** In log order. */
  choose(): Chat[] {
    const queues = [...this.hours.values()].map(({ candidates }) => candidates.sort(byRound).values());
    const spent = new Map<string, number>();
    const chosen: Chat[] = [];
    let left = this.budgetTokens;
    let open = new Set(queues);
    while (open.size > 0) {
      for (const queue of [...open]) {
        const next = queue.next();
        if (next.done) {
          open.delete(queue);
          continue;
        }
        const { chat } = next.value;
        const cost = estimateTokens(chat.text) + OVERHEAD_TOKENS;
        const own = (spent.get(chat.authorId) ?? 0) + cost;
        if (cost > left || own > this.budgetTokens * ACCOUNT_SHARE) continue;
        spent.set(chat.authorId, own);
        left -= cost;
        chosen.push(chat);
      }
      if (left < OVERHEAD_TOKENS) open = new Set();
    }
    return chosen.sort((a, b) => a.offset - b.offset);
  }
}

const byRound = (a: Candidate, b: Candidate): number => a.round - b.round || a.order - b.order;
