import { EMOTIONS } from '../../domain/emotion';
import { COLUMNS, pack, unpack, type Features } from './model-file';

/** The eight emotions and, last, NONE: no feeling of the writer can be read. */
export const CLASSES = EMOTIONS.length + 1;
export const NONE = EMOTIONS.length;
/** Column after the classes: log-odds that the text is a comment on news or videos and not chat. */
export const COMMENT = CLASSES;

/** Numbers for each emotion that make a score of chat from the log-odds of both models: bias, weight of the comment and the chat model. */
export const BLEND = 3;

/** A softmax over nine classes: linear in hashed features of the message and in the log-odds of the comment model. */
export interface ChatModelData extends Features {
  /** Unit of the weights of each column. */
  readonly scales: Float32Array;
  /** Of each column. */
  readonly bias: Float32Array;
  /** comment[k * 8 + j]: weight of the comment model's log-odds of emotion j for class k. */
  readonly comment: Float32Array;
  /** Probability from which an emotion is shown. */
  readonly thresholds: Float32Array;
  /** BLEND numbers for each emotion. */
  readonly blend: Float32Array;
}

const LENGTHS = [COLUMNS, COLUMNS, CLASSES * EMOTIONS.length, EMOTIONS.length, EMOTIONS.length * BLEND] as const;

export const encodeChatModel = (model: ChatModelData): Buffer =>
  pack(model, [...model.scales, ...model.bias, ...model.comment, ...model.thresholds, ...model.blend]);

/** @throws Error if the file is damaged */
export function decodeChatModel(file: Uint8Array): ChatModelData {
  const { features, floats } = unpack(
    file,
    LENGTHS.reduce((sum, length) => sum + length, 0),
  );
  let at = 0;
  const next = (length: number) => floats.slice(at, (at += length));
  const [scales, bias, comment, thresholds, blend] = [
    next(LENGTHS[0]),
    next(LENGTHS[1]),
    next(LENGTHS[2]),
    next(LENGTHS[3]),
    next(LENGTHS[4]),
  ];
  return { ...features, scales, bias, comment, thresholds, blend };
}
