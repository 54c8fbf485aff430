import { setTimeout as delay } from 'node:timers/promises';
import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import type { InsightFault, InsightMetrics } from '../insight-metrics';
import { LetterError, type LetterDraft, type LetterFault, type LetterModel, type LetterRequest } from '../../ports/letter-model';
import type { Logger } from '../../ports/logger';
import type { Fact } from '../letter/fact';
import { findFacts } from '../letter/facts';
import { sampleNote, shortFacts } from '../letter/letter';
import { loadNounFinder } from '../letter/nouns';
import { findShared, findTopics } from '../letter/topics';
import { isLetterWord, isQuestion, isTopic, problemOf, tidy } from './letter-check';
import { letterRequest } from './letter-request';
import { nameKey } from './masking';
import { QuoteCheck } from './quote-check';
import { RareWords } from './rare-words';
import { estimateTokens, Sample } from '../sampling';
import type { SpendLedger, TokenPrice } from './spend';

export interface PricedModel {
  readonly model: LetterModel;
  readonly price: TokenPrice;
}

export interface RemoteAnalyzerDeps {
  /** Called in this order until one writes a letter. */
  readonly models: readonly PricedModel[];
  readonly ledger: SpendLedger;
  /** Token budget for the messages of one letter. */
  readonly budgetTokens: number;
  readonly metrics: InsightMetrics;
  readonly logger: Logger;
  readonly random: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const TRIES = 3;
const BACK_OFF_MS = 1_000;
/** If the server asks for a longer wait, the call is not repeated. */
const MAX_WAIT_MS = 60_000;
const FINAL: ReadonlySet<LetterFault> = new Set(['refused', 'rejected']);
/** Names of authors kept for masking. */
const MAX_NAMES = 50_000;

/** No model wrote a valid letter. */
export class NoRemoteLetter extends Error {
  constructor(
    readonly fault: InsightFault,
    cause?: unknown,
  ) {
    super(`no letter from a model: ${fault}`, { cause });
  }
}

interface Prepared {
  /** The second request contains no text that people wrote. */
  readonly request: (again: boolean) => LetterRequest;
  readonly facts: readonly Fact[];
  readonly topics: readonly string[];
  readonly sampled: number;
}

/**
 * Lets a language model write the letter. It sends a sample of the messages as data, masked and with numbers for authors, and
 * checks the answer; an invalid letter is requested once more, from the figures alone. Scores and counts are always computed here.
 */
export class RemoteAnalyzer implements Analyzer {
  private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;

  constructor(private readonly deps: RemoteAnalyzerDeps) {
    this.sleep = deps.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
  }

  /** @throws NoRemoteLetter; the signal's reason */
  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const prepared = await prepare(input, this.deps.budgetTokens, signal);
    let again = false;
    for (;;) {
      const { draft, model } = await this.write(prepared.request(again), signal);
      const letter = tidy(draft.letter);
      const topics = draft.topics.map((topic) => topic.trim()).filter(isTopic);
      const fault = await this.faultOf(letter, topics, input, signal);
      if (!fault) {
        const question = await this.questionOf(draft, input, signal);
        return finish({ letter, topics, question, model }, input, prepared, again ? 0 : prepared.sampled);
      }
      this.deps.metrics.fault(fault);
      this.deps.logger.warn(
        { room: input.room.id, model, fault },
        again ? 'the second letter is invalid; no other is requested' : 'the letter is invalid and is requested once more',
      );
      if (again) throw new NoRemoteLetter(fault);
      again = true;
    }
  }

  /** The exact request that `analyze` would send for this input. */
  async request(input: AnalysisInput, signal: AbortSignal): Promise<LetterRequest> {
    return (await prepare(input, this.deps.budgetTokens, signal)).request(false);
  }

  private async faultOf(
    letter: string,
    topics: readonly string[],
    input: AnalysisInput,
    signal: AbortSignal,
  ): Promise<InsightFault | null> {
    return problemOf(letter, input.locale) ? 'form' : revealing(`${letter}\n${topics.join('\n')}`, input, signal);
  }

  /** The question of the draft; undefined if it is invalid, so that one of the list is asked. */
  private async questionOf({ question }: LetterDraft, input: AnalysisInput, signal: AbortSignal): Promise<string | undefined> {
    const text = question.normalize('NFC').trim();
    return isQuestion(text, input.locale) && !(await revealing(text, input, signal)) ? text : undefined;
  }

  /** Calls one model after the other, each up to three times. */
  private async write(
    request: LetterRequest,
    signal: AbortSignal,
  ): Promise<{ readonly draft: LetterDraft; readonly model: string }> {
    let last = new NoRemoteLetter('unknown');
    for (const priced of this.deps.models) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const result = await this.call(priced, request, signal);
        if (!(result instanceof LetterError)) return { draft: result, model: priced.model.model };
        // The server's error text is not logged, because it may repeat the request.
        const { fault, details } = result;
        this.deps.metrics.fault(fault);
        this.deps.logger.warn({ model: priced.model.model, fault, attempt: attempt + 1 }, 'calling a model failed');
        last = new NoRemoteLetter(fault, result);
        const wait = details.retryAfterMs ?? BACK_OFF_MS * 4 ** attempt * (0.5 + this.deps.random());
        if (FINAL.has(fault) || wait > MAX_WAIT_MS || attempt === TRIES - 1) break;
        await this.sleep(wait, signal);
      }
    }
    throw last;
  }

  /** @throws NoRemoteLetter if the day's limit is reached; then no other model is called */
  private async call(
    { model, price }: PricedModel,
    request: LetterRequest,
    signal: AbortSignal,
  ): Promise<LetterDraft | LetterError> {
    const { ledger, metrics } = this.deps;
    const inputTokens = estimateTokens(request.instructions) + estimateTokens(request.data);
    const reservation = await ledger.reserve(price, { inputTokens, outputTokens: request.maxOutputTokens });
    if (!reservation) throw new NoRemoteLetter('daily-limit');
    try {
      const draft = await model.write(request, signal);
      if (draft.usage) metrics.spent(await ledger.settle(reservation, draft.usage));
      return draft;
    } catch (error) {
      if (!(error instanceof LetterError)) throw error;
      const used = error.details.usage ?? (UNPAID.has(error.fault) ? { inputTokens: 0, outputTokens: 0 } : undefined);
      // A call that broke off may be charged, so its booking stays.
      if (used) metrics.spent(await ledger.settle(reservation, used));
      return error;
    }
  }
}

const UNPAID: ReadonlySet<LetterFault> = new Set(['rate-limited', 'server-error', 'rejected', 'network']);

/** Whether the text repeats a message or names what fewer than three accounts wrote of. */
async function revealing(text: string, input: AnalysisInput, signal: AbortSignal): Promise<InsightFault | null> {
  const nouns = await loadNounFinder();
  const rare = new RareWords(text, (word) => isLetterWord(word) || nouns.isOrdinary(word));
  const check = new QuoteCheck(text);
  for await (const chunk of input.messages()) {
    signal.throwIfAborted();
    check.add(chunk);
    rare.add(chunk);
  }
  if (rare.found().length > 0) return 'rare-words';
  return check.quoted().length > 0 ? 'quotes' : null;
}

function finish(
  { letter, topics, question, model }: Pick<Analysis, 'letter' | 'topics' | 'question' | 'model'>,
  { mood, locale }: AnalysisInput,
  prepared: Prepared,
  read: number,
): Analysis {
  const note = read < mood.messageCount ? [sampleNote(locale, read, mood.messageCount)] : [];
  return {
    letter: [letter, ...note].join('\n\n'),
    translations: {},
    facts: shortFacts(prepared.facts, locale),
    topics: (topics.length > 0 ? topics : prepared.topics).slice(0, 5),
    question,
    source: 'OPENAI',
    model,
  };
}

async function prepare(input: AnalysisInput, budgetTokens: number, signal: AbortSignal): Promise<Prepared> {
  const names = new Set<string>();
  const sample = new Sample(budgetTokens);
  for await (const chunk of input.messages()) {
    signal.throwIfAborted();
    for (const chat of chunk) {
      if (names.size < MAX_NAMES) names.add(nameKey(chat.author));
      sample.add(chat);
    }
  }
  const topics = await findTopics(input, signal);
  const facts = findFacts(input, topics, await findShared(input, signal));
  const chosen = sample.choose();
  const request = (again: boolean) => letterRequest(input, { topics, facts, names, sample: again ? [] : chosen }, again);
  return { facts, topics, sampled: chosen.length, request };
}
