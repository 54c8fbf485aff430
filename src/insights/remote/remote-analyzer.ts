import { setTimeout as delay } from 'node:timers/promises';
import type { Chat } from '../../domain/chat';
import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import type { InsightFault, InsightMetrics } from '../insight-metrics';
import { LetterError, type LetterDraft, type LetterFault, type LetterModel, type LetterRequest } from '../../ports/letter-model';
import type { Logger } from '../../ports/logger';
import { emotionTable, letterTitle, sampleNote } from '../letter/letter';
import { isOrdinary, isTopic, problemOf, tidy } from './letter-check';
import { letterRequest } from './letter-request';
import { findTopics } from '../letter/local-analyzer';
import { nameKey } from './masking';
import { InjectionScan } from '../job/prompt-injection';
import { CommonWords, QuoteCheck } from './quote-check';
import { estimateTokens, Sample } from './sampling';
import type { SpendLedger, TokenPrice } from './spend';

export interface PricedModel {
  readonly model: LetterModel;
  readonly price: TokenPrice;
}

export interface RemoteAnalyzerDeps {
  /** In the order in which they are tried. */
  readonly models: readonly PricedModel[];
  readonly ledger: SpendLedger;
  /** For the messages of one letter. */
  readonly budgetTokens: number;
  readonly metrics: InsightMetrics;
  readonly logger: Logger;
  readonly random: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const TRIES = 3;
const BACK_OFF_MS = 1_000;
/** A server that asks for more is not waited for. */
const MAX_WAIT_MS = 60_000;
const FINAL: ReadonlySet<LetterFault> = new Set(['refused', 'rejected']);
/** Names remembered for masking. */
const MAX_NAMES = 50_000;

/** No model wrote a letter that may be shown. */
export class NoRemoteLetter extends Error {
  constructor(
    readonly fault: InsightFault,
    cause?: unknown,
  ) {
    super(`no letter from a model: ${fault}`, { cause });
  }
}

interface Prepared {
  readonly request: (again: boolean) => LetterRequest;
  readonly injections: InjectionScan;
  readonly topics: readonly string[];
  readonly sampled: number;
}

/**
 * Has a language model write the letter, and lets nothing private out and nothing false in: masked and numbered messages within a
 * token budget go out as data; what comes back is checked, tried once more if it quotes, and only its words are used: the scores,
 * the table and the counts of an insight are always our own.
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
      const fault = await this.faultOf(letter, topics, input, prepared.injections, signal);
      if (!fault) return this.finish(letter, topics, model, input, prepared);
      this.deps.metrics.fault(fault);
      this.deps.logger.warn(
        { room: input.room.id, model, fault },
        again ? 'a second letter was turned down' : 'a letter was turned down',
      );
      if (again) throw new NoRemoteLetter(fault);
      again = true;
    }
  }

  /** Exactly what would be sent for this input. */
  async request(input: AnalysisInput, signal: AbortSignal): Promise<LetterRequest> {
    return (await prepare(input, this.deps.budgetTokens, signal)).request(false);
  }

  private finish(letter: string, topics: readonly string[], model: string, input: AnalysisInput, prepared: Prepared): Analysis {
    const { mood, earlier, locale } = input;
    const note = prepared.sampled < mood.messageCount ? [sampleNote(locale, prepared.sampled, mood.messageCount)] : [];
    return {
      letter: [letterTitle(input), letter, ...note, emotionTable(mood, earlier, locale)].join('\n\n'),
      topics: (topics.length > 0 ? topics : prepared.topics).slice(0, 5),
      source: 'OPENAI',
      model,
    };
  }

  private async faultOf(
    letter: string,
    topics: readonly string[],
    input: AnalysisInput,
    injections: InjectionScan,
    signal: AbortSignal,
  ): Promise<InsightFault | null> {
    if (problemOf(letter, input.locale)) return 'form';
    const text = `${letter}\n${topics.join('\n')}`;
    const suspects = new CommonWords(injections.injectedWordsIn(text, isOrdinary));
    const check = new QuoteCheck(text);
    for await (const chunk of input.messages()) {
      signal.throwIfAborted();
      check.add(chunk);
      suspects.add(chunk.filter((chat) => !injections.isExcluded(chat)));
    }
    if (suspects.rare().length > 0) return 'prompt-injection';
    return check.quoted().length > 0 ? 'quotes' : null;
  }

  /** One model after the other, each up to three times. */
  private async write(
    request: LetterRequest,
    signal: AbortSignal,
  ): Promise<{ readonly draft: LetterDraft; readonly model: string }> {
    let last = new NoRemoteLetter('unknown');
    for (const priced of this.deps.models) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const result = await this.call(priced, request, signal);
        if (!(result instanceof LetterError)) return { draft: result, model: priced.model.model };
        // The server's own words are not logged: they may repeat what was sent.
        const { fault, details } = result;
        this.deps.metrics.fault(fault);
        this.deps.logger.warn({ model: priced.model.model, fault, attempt: attempt + 1 }, 'a model gave no letter');
        last = new NoRemoteLetter(fault, result);
        const wait = details.retryAfterMs ?? BACK_OFF_MS * 4 ** attempt * (0.5 + this.deps.random());
        if (FINAL.has(fault) || wait > MAX_WAIT_MS || attempt === TRIES - 1) break;
        await this.sleep(wait, signal);
      }
    }
    throw last;
  }

  /** @throws NoRemoteLetter when the day's limit is reached: no other model is tried then */
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
      // Whether a call that broke off is charged is not known: what was reserved for it stays booked.
      if (used) metrics.spent(await ledger.settle(reservation, used));
      return error;
    }
  }
}

const UNPAID: ReadonlySet<LetterFault> = new Set(['rate-limited', 'server-error', 'rejected', 'network']);

/** Three passes over the messages: who wrote and what is injections, what was spoken about, and the sample. */
async function prepare(input: AnalysisInput, budgetTokens: number, signal: AbortSignal): Promise<Prepared> {
  const injections = new InjectionScan();
  const names = new Set<string>();
  const each = async (visit: (chats: readonly Chat[]) => void) => {
    for await (const chunk of input.messages()) {
      signal.throwIfAborted();
      visit(chunk);
    }
  };
  await each((chats) => {
    injections.add(chats);
    for (const chat of chats) if (names.size < MAX_NAMES) names.add(nameKey(chat.author));
  });
  const sample = new Sample(budgetTokens);
  await each((chats) => {
    injections.addFlaggedAccounts(chats);
    for (const chat of chats) if (!injections.isExcluded(chat)) sample.add(chat);
  });
  const topics = await findTopics(input, signal);
  const chosen = sample.choose();
  return { injections, topics, sampled: chosen.length, request: (again) => letterRequest(input, chosen, names, topics, again) };
}
