import { EMOTIONS, type Emotion } from '../../domain/emotion';
import type { LetterDraft } from '../../ports/letter-model';

/** JSON schema for structured output, which needs every property required and no additional ones. */
export const LETTER_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['letter', 'question', 'topics', 'scores'],
  properties: {
    letter: { type: 'string', description: 'The letter in Markdown, without a table.' },
    question: { type: 'string', description: 'One question to the room, in one sentence.' },
    topics: { type: 'array', description: 'Up to five topics of one or two words each.', items: { type: 'string' } },
    scores: {
      type: 'array',
      description: 'All eight emotions, each once, 0 (absent) to 1 (certain).',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['emotion', 'score'],
        properties: { emotion: { type: 'string', enum: [...EMOTIONS] }, score: { type: 'number' } },
      },
    },
  },
};

/** The letter of an answer; undefined if the answer does not match the schema. */
export function parseLetter(json: unknown): Pick<LetterDraft, 'letter' | 'question' | 'topics' | 'scores'> | undefined {
  if (!isRecord(json)) return undefined;
  const { letter, question, topics, scores } = json;
  if (typeof letter !== 'string' || !Array.isArray(topics) || !Array.isArray(scores)) return undefined;
  if (!topics.every((topic): topic is string => typeof topic === 'string')) return undefined;
  const found = new Map<Emotion, number>();
  for (const item of scores as unknown[]) {
    if (!isRecord(item)) return undefined;
    const emotion = EMOTIONS.find((name) => name === item['emotion']);
    const { score } = item;
    // Some servers write NaN, which is not JSON, as null or as text.
    if (!emotion || found.has(emotion) || typeof score !== 'number' || !(score >= 0 && score <= 1)) return undefined;
    found.set(emotion, score);
  }
  if (found.size !== EMOTIONS.length) return undefined;
  return {
    letter,
    question: typeof question === 'string' ? question : '',
    topics,
    scores: EMOTIONS.map((emotion) => found.get(emotion) ?? 0),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
