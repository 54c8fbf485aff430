import type { Chat } from '../../domain/chat';
import { HOUR_MS } from '../mood/mood';
import { hash } from '../text';

/** Of one account, of the whole budget. */
const ACCOUNT_SHARE = 0.1;
/** Candidates kept per hour; far more than a budget has room for. */
const MAX_PER_HOUR = 400;
/** Hours with candidates that are kept: a window of a month. */
const MAX_HOURS = 750;
/** Of the JSON around a message. */
const OVERHEAD_TOKENS = 12;

interface Candidate {
  readonly chat: Chat;
  /** How many messages the account had in this hour before. */
  readonly round: number;
  readonly order: number;
}

/**
 * Upper estimate, since no tokenizer is at hand: one token for a character beyond ASCII, one for three of ASCII. Real tokenizers
 * need about two thirds of that for Korean and three quarters for English.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) wide++;
  return wide + Math.ceil((text.length - wide) / 3);
}

/**
 * Chooses messages for a token budget, evenly over the hours and, within an hour, over the accounts; no account gets more than a
 * tenth of the budget. The same messages give the same sample. Keeps a bounded number of candidates while they stream by.
 */
export class Sample {
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
    if (hour.candidates.length === 2 * MAX_PER_HOUR) hour.candidates = hour.candidates.sort(byTurn).slice(0, MAX_PER_HOUR);
  }

  /** In log order. */
  choose(): Chat[] {
    const queues = [...this.hours.values()].map(({ candidates }) => candidates.sort(byTurn).values());
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

const byTurn = (a: Candidate, b: Candidate): number => a.round - b.round || a.order - b.order;
