import { LOCAL_MODEL } from '../adapters/local-model/local-model';
import type { Config } from '../config/config';
import { StartupError } from '../domain/startup-error';
import type { TailIndexes } from '../flow/tail-index';
import { InsightJob } from '../insights/job/analysis-job';
import { FallbackAnalyzer } from '../insights/remote/fallback-analyzer';
import { LocalAnalyzer } from '../insights/letter/local-analyzer';
import { MoodService } from '../insights/mood/mood';
import { RoomQuestions } from '../insights/question/room-questions';
import { RemoteAnalyzer, type PricedModel } from '../insights/remote/remote-analyzer';
import { priceOf, SpendLedger } from '../insights/remote/spend';
import { FireTimes } from '../insights/job/windows';
import { systemClock } from '../ports/clock';
import { randomId } from '../ports/ids';
import { Metrics } from '../servers/metrics/metrics';
import type { Base } from './base';

export interface InsightParts {
  readonly mood: MoodService;
  readonly questions: RoomQuestions;
  readonly job: InsightJob;
  readonly remote: RemoteAnalyzer;
}

export interface InsightBase extends Pick<Base, 'config' | 'engine' | 'clock' | 'logger'> {
  readonly holder: string;
  readonly fireTimes: FireTimes;
  readonly tail: TailIndexes;
  readonly metrics?: Metrics;
}

/** The local analyser writes the letters. With OPENAI_API_KEY a language model does, and the local analyser is the fallback. */
export async function insightParts({
  config,
  engine,
  clock,
  logger: parent,
  holder,
  fireTimes,
  tail,
  metrics: { insights: metrics } = new Metrics(),
}: InsightBase): Promise<InsightParts> {
  const logger = parent.child({ part: 'insights' });
  const timeZone = config.INSIGHT_TZ;
  const mood = new MoodService({ store: engine.moodStore, tail, clock, timeZone });
  const questions = new RoomQuestions({ insights: engine.insightStore, questions: engine.questionStore, clock, newId: randomId });
  const local = new LocalAnalyzer(LOCAL_MODEL);
  const remote = new RemoteAnalyzer({
    models: await modelsOf(config),
    ledger: new SpendLedger(engine.spendStore, clock, timeZone, config.INSIGHT_DAILY_COST_LIMIT),
    budgetTokens: config.INSIGHT_TOKEN_BUDGET,
    metrics,
    logger,
    random: Math.random,
  });
  const job = new InsightJob({
    fireTimes,
    insights: engine.insightStore,
    chats: engine.chatStore,
    log: engine.chatLog,
    tail,
    empathies: engine.empathyStore,
    rooms: engine.roomStore,
    mood,
    questions,
    lease: engine.lease,
    bus: engine.bus,
    analyzer: new FallbackAnalyzer({ remote: config.OPENAI_API_KEY ? remote : undefined, local, metrics, clock, logger }),
    clock,
    newId: randomId,
    logger,
    holder,
    timeZone,
    locale: config.INSIGHT_LOCALE,
    catchUp: config.INSIGHT_CATCH_UP,
  });
  return { mood, questions, job, remote };
}

async function modelsOf(config: Config): Promise<PricedModel[]> {
  const apiKey = config.OPENAI_API_KEY;
  if (!apiKey) return [];
  const { OpenAiLetterModel } = await import('../adapters/openai/openai-letter-model.js');
  const { OPENAI_PRICE_INPUT: input, OPENAI_PRICE_OUTPUT: output } = config;
  const names = [config.OPENAI_MODEL, ...(config.OPENAI_FALLBACK_MODEL ? [config.OPENAI_FALLBACK_MODEL] : [])];
  return names.map((name) => ({
    model: new OpenAiLetterModel({
      apiKey,
      baseUrl: config.OPENAI_BASE_URL,
      model: name,
      temperature: config.OPENAI_TEMPERATURE,
      effort: config.OPENAI_REASONING_EFFORT,
      timeoutMs: config.OPENAI_TIMEOUT_MS,
    }),
    price: input === undefined || output === undefined ? priceOf(name) : { input, output },
  }));
}

/** @throws StartupError if the expression is invalid or never fires */
export function parseCron(config: Config): FireTimes {
  try {
    const fireTimes = new FireTimes(config.INSIGHT_CRON, config.INSIGHT_TZ);
    fireTimes.next(systemClock.now());
    return fireTimes;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`INSIGHT_CRON must be a cron expression of five or six fields, such as 50 9 * * * (${reason}).`);
  }
}
