import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import { composeLetter } from './letter';
import { findTopics } from './topics';

/** Writes the letter from scores, counts and topics. It calls no service and quotes nobody. */
export class LocalAnalyzer implements Analyzer {
  /** @param model name and version of the scorer that the moods come from */
  constructor(private readonly model: string) {}

  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const topics = await findTopics(input, signal);
    return { letter: composeLetter(input, topics), topics, source: 'LOCAL', model: this.model };
  }
}
