import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import { composeLetter } from './letter';
import { Topics } from './topics';

/** Writes the letter from scores and counts alone: nothing leaves the process, nothing is paid, nobody is quoted. */
export class LocalAnalyzer implements Analyzer {
  /** @param model name and version of the scorer the moods come from */
  constructor(private readonly model: string) {}

  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const topics = await findTopics(input, signal);
    return { letter: composeLetter(input, topics), topics, source: 'LOCAL', model: this.model };
  }
}

export async function findTopics(input: AnalysisInput, signal: AbortSignal): Promise<string[]> {
  if (input.mood.messageCount === 0) return [];
  const topics = new Topics();
  for await (const chunk of input.messages()) {
    signal.throwIfAborted();
    topics.add(chunk.filter((chat) => !input.isExcluded(chat)));
  }
  for await (const chunk of input.earlierMessages()) {
    signal.throwIfAborted();
    topics.addEarlier(chunk);
  }
  return topics.top();
}
