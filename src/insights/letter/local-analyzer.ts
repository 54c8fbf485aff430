import type { Locale } from '../../domain/insight';
import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import { findFacts } from './facts';
import { composeLetter, shortFacts } from './letter';
import { findShared, findTopics } from './topics';

/** Writes the letter from scores, counts and topics. It calls no service and quotes nobody. */
export class LocalAnalyzer implements Analyzer {
  /** @param model name and version of the scorer that the moods come from */
  constructor(private readonly model: string) {}

  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const topics = await findTopics(input, signal);
    const facts = findFacts(input, topics, await findShared(input, signal));
    const other: Locale = input.locale === 'ko' ? 'en' : 'ko';
    return {
      letter: composeLetter(input, facts, topics, input.locale),
      translations: { [other]: composeLetter(input, facts, topics, other) },
      facts: shortFacts(facts, input.locale),
      topics,
      source: 'LOCAL',
      model: this.model,
    };
  }
}
