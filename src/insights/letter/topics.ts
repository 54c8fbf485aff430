import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chat } from '../../domain/chat';
import type { AnalysisInput } from '../analyzer';
import { CROWD } from '../job/crowd';
import { Sample } from '../sampling';
import { normalizeText, words } from '../text';
import { loadNounFinder } from './nouns';

const MAX_TOPICS = 5;
/** Uses counted per account, so that nobody makes a topic alone. */
const MAX_USES_PER_ACCOUNT = 3;
/** Tokens of the messages that are analysed: about a thousand messages, 2 to 5 ms each. */
const SAMPLE_TOKENS = 30_000;
/** Names of authors kept; a topic contains none of them. */
const MAX_NAMES = 40_000;
/** Nouns of the sample that are counted in all messages. */
const MAX_CANDIDATES = 40;
/** A noun is dropped if this share of its uses belongs to one compound. */
const COMPOUND_SHARE = 0.6;

interface Candidate {
  readonly noun: string;
  /** Finds the noun in a text, also in a compound of Hangul, but not within another Latin word. */
  readonly pattern: RegExp;
  readonly accounts: Map<string, number>;
  count: number;
  earlier: number;
}

interface TopicsInput extends Pick<AnalysisInput, 'messages' | 'earlierMessages'> {
  readonly mood: Pick<AnalysisInput['mood'], 'messageCount'>;
}

/**
 * Up to five topics of a window: the nouns and compounds with the highest TF-IDF, that is, used often in the window and seldom in
 * the windows before. Only a sample of the window is analysed; its most frequent nouns are then searched for in all messages.
 */
export async function findTopics(input: TopicsInput, signal: AbortSignal): Promise<string[]> {
  if (input.mood.messageCount === 0) return [];
  const sample = new Sample(SAMPLE_TOKENS);
  const authors = new Set<string>();
  const names = new Set<string>();
  for await (const chunk of input.messages()) {
    signal.throwIfAborted();
    for (const chat of chunk) {
      if (!authors.has(chat.author) && authors.size < MAX_NAMES) {
        authors.add(chat.author);
        for (const name of words(chat.author)) names.add(name);
      }
      sample.add(chat);
    }
  }
  const sampled = sample.choose();
  const candidates = (await countNouns(sampled, signal))
    .filter(({ noun, accounts }) => accounts.size > 1 && !noun.split(' ').some((word) => names.has(word)))
    .sort((a, b) => b.count - a.count || compare(a.noun, b.noun))
    .slice(0, MAX_CANDIDATES);
  if (sampled.length < input.mood.messageCount) await recount(candidates, input, signal);
  let earlierCount = 0;
  for await (const chunk of input.earlierMessages()) {
    signal.throwIfAborted();
    earlierCount += chunk.length;
    for (const chat of chunk) {
      const text = normalizeText(chat.text).toLowerCase();
      for (const candidate of candidates) if (candidate.pattern.test(text)) candidate.earlier++;
    }
  }
  const common = candidates.filter(({ accounts }) => accounts.size >= CROWD);
  return choose(common, earlierCount).map((noun) => asWritten(noun, sampled));
}

/** Nouns that three or more people used in their answers to the question of the room. */
export function findShared(
  { answers, answering }: Pick<AnalysisInput, 'answers' | 'answering'>,
  signal: AbortSignal,
): Promise<string[]> {
  const none = async function* (): AsyncGenerator<readonly Chat[]> {};
  return findTopics({ mood: { messageCount: answers.notes }, messages: answering, earlierMessages: none }, signal);
}

async function countNouns(chats: readonly Chat[], signal: AbortSignal): Promise<Candidate[]> {
  const nouns = await loadNounFinder();
  const candidates = new Map<string, Candidate>();
  for (const { text, authorId } of chats) {
    signal.throwIfAborted();
    for (const noun of nouns.nounsOf(withoutNoise(text))) {
      let candidate = candidates.get(noun);
      if (!candidate)
        candidates.set(noun, (candidate = { noun, pattern: patternOf(noun), accounts: new Map(), count: 0, earlier: 0 }));
      addUse(candidate, authorId);
    }
    await nextTurn();
  }
  return [...candidates.values()];
}

/** Counts the candidates again over all messages of the window. */
async function recount(candidates: readonly Candidate[], input: TopicsInput, signal: AbortSignal): Promise<void> {
  for (const candidate of candidates) {
    candidate.accounts.clear();
    candidate.count = 0;
  }
  for await (const chunk of input.messages()) {
    signal.throwIfAborted();
    for (const chat of chunk) {
      const text = normalizeText(chat.text).toLowerCase();
      for (const candidate of candidates) if (candidate.pattern.test(text)) addUse(candidate, chat.authorId);
    }
  }
}

function addUse(candidate: Candidate, authorId: string): void {
  const uses = candidate.accounts.get(authorId) ?? 0;
  if (uses === MAX_USES_PER_ACCOUNT) return;
  candidate.accounts.set(authorId, uses + 1);
  candidate.count++;
}

/** The candidates with the highest weight of which none contains another. */
function choose(candidates: readonly Candidate[], earlierCount: number): string[] {
  // Inverse document frequency, squared so that new topics outweigh everyday ones.
  const weight = ({ count, earlier }: Candidate) => count * Math.log((earlierCount + 20) / (earlier + 1)) ** 2;
  const overlap = (a: Candidate, b: Candidate) => a.pattern.test(b.noun) || b.pattern.test(a.noun);
  const isPartOfCompound = (part: Candidate) =>
    candidates.some((other) => other !== part && part.pattern.test(other.noun) && other.count >= COMPOUND_SHARE * part.count);
  const topics: Candidate[] = [];
  for (const candidate of candidates
    .filter((one) => !isPartOfCompound(one))
    .sort((a, b) => weight(b) - weight(a) || compare(a.noun, b.noun))) {
    if (topics.length === MAX_TOPICS) break;
    if (!topics.some((topic) => overlap(topic, candidate))) topics.push(candidate);
  }
  return topics.map(({ noun }) => noun);
}

const patternOf = (noun: string): RegExp =>
  /[가-힣]/.test(noun) ? new RegExp(noun) : new RegExp(String.raw`(?<!\p{L})${noun}s?(?!\p{L})`, 'u');

/** An abbreviation in capitals, if most of the notes write it so: API. */
function asWritten(noun: string, chats: readonly Chat[]): string {
  if (!/^\p{Script=Latin}+$/u.test(noun)) return noun;
  const capitals = noun.toUpperCase();
  const pattern = new RegExp(String.raw`(?<!\p{L})${noun}(?!\p{L})`, 'giu');
  const uses = chats.flatMap(({ text }) => text.match(pattern) ?? []);
  return uses.filter((use) => use === capitals).length * 2 > uses.length ? capitals : noun;
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** A number and its unit: 3만원, 10시간, 5km. */
const AMOUNT = /\d[\d,.]*\s?(?:[가-힣]+|[a-z]{1,4}\b)/gi;
const ADDRESS = /https?:\/\/\S+|www\.\S+|\S+@\S+|@\S+/gi;

const withoutNoise = (text: string): string => normalizeText(text).replace(ADDRESS, ' ').replace(AMOUNT, ' ');
