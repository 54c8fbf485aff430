import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EMOTIONS, type Emotion } from '../../domain/emotion';
import { softmax } from './chat-scorer';
import { LearntWeights, MAX_LEARNT, type Learnt } from './learnt-weights';

/** A note with a said feeling, as the model alone reads it. */
export interface Example {
  readonly account: string;
  readonly feeling: Emotion;
  /** Log-odds of the nine classes. */
  readonly logits: readonly number[];
  readonly hashes: Int32Array;
}

/** What is shown for these probabilities of the nine classes. */
export type Show = (classes: readonly number[]) => Emotion | null;

const MIN_NOTES = 200;
/** Accounts that must have used a feature with the same said feeling. */
const MIN_ACCOUNTS = 5;
/** One account in so many is held out. */
const PARTS = 10;
const EPOCHS = 12;
const RATE = 0.3;
/** Share of the accounts with a feature that said its most frequent feeling, at least. Features of all feelings alike teach nothing. */
const MIN_SHARE = 0.6;
/** Strength of the decay of the weights, in notes: that of a weight is shared by the notes that have the feature. */
const DECAY = 2;
/** Start of the sums of squared gradients. */
const FIRST_SQUARES = 0.1;
const WIDTH = EMOTIONS.length;
/** About a millisecond of work. */
const NOTES_A_TURN = 50;

/**
 * Weights of features by softmax regression on top of the model's log-odds, with decay. The weights of a feature sum to 0: what people
 * write with every feeling alike moves nothing, and no note counts as evidence that feelings are shown too seldom.
 * @param version chooses the accounts whose notes are held out
 * @returns undefined if there are too few notes, or the held-out notes are read worse than by the model alone
 */
export async function fitLearnt(
  examples: readonly Example[],
  version: number,
  show: Show,
  signal: AbortSignal,
): Promise<Learnt | undefined> {
  if (examples.length < MIN_NOTES) return undefined;
  const isHeldOut = ({ account }: Example): boolean =>
    Number.parseInt(hash('sha1', `${version}:${account}`, 'hex').slice(0, 8), 16) % PARTS === 0;
  const held = examples.filter(isHeldOut);
  const used = examples.filter((example) => !isHeldOut(example));
  const numbers = commonFeatures(used);
  if (held.length === 0 || numbers.size === 0) return undefined;
  const weights = await train(used, numbers, signal);
  const learnt = { hashes: Int32Array.from(numbers.keys()), weights };
  return isAsGood(held, new LearntWeights(learnt), show) ? learnt : undefined;
}

/** Numbers the features that enough accounts used, those of most accounts first. */
function commonFeatures(examples: readonly Example[]): Map<number, number> {
  const uses = new Map<number, Map<Emotion, Set<string>>>();
  for (const { hashes, account, feeling } of examples) {
    for (const feature of new Set(hashes)) {
      let byFeeling = uses.get(feature);
      if (!byFeeling) uses.set(feature, (byFeeling = new Map<Emotion, Set<string>>()));
      const accounts = byFeeling.get(feeling);
      if (accounts) accounts.add(account);
      else byFeeling.set(feeling, new Set([account]));
    }
  }
  const common = [...uses]
    .map(([feature, byFeeling]) => {
      const sizes = [...byFeeling.values()].map(({ size }) => size);
      const most = Math.max(...sizes);
      return { feature, most, share: most / sizes.reduce((sum, size) => sum + size, 0) };
    })
    .filter(({ most, share }) => most >= MIN_ACCOUNTS && share >= MIN_SHARE)
    .sort((a, b) => b.most - a.most);
  return new Map(common.slice(0, MAX_LEARNT).map(({ feature }, i) => [feature, i]));
}

async function train(
  examples: readonly Example[],
  numbers: ReadonlyMap<number, number>,
  signal: AbortSignal,
): Promise<Float32Array> {
  const weights = new Float32Array(numbers.size * WIDTH);
  const squares = new Float32Array(numbers.size).fill(FIRST_SQUARES);
  const rows = examples.map(({ hashes, logits, feeling }) => ({
    features: Array.from(hashes).flatMap((feature) => numbers.get(feature) ?? []),
    logits,
    truth: EMOTIONS.indexOf(feeling),
  }));
  const decay = new Float32Array(numbers.size);
  for (const { features } of rows) for (const feature of features) decay[feature] = (decay[feature] as number) + 1;
  for (const [feature, notes] of decay.entries()) decay[feature] = DECAY / notes;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS);
    for (let i = 0; i < rows.length; i++) {
      if (i % NOTES_A_TURN === 0) {
        signal.throwIfAborted();
        await nextTurn();
      }
      // A step that has no factor in common with the number of rows visits each of them once.
      const row = rows[(i * 7_919) % rows.length];
      if (row) step(row, weights, squares, decay, rate);
    }
  }
  return weights;
}

interface Row {
  readonly features: readonly number[];
  readonly logits: readonly number[];
  readonly truth: number;
}

function step(
  { features, logits, truth }: Row,
  weights: Float32Array,
  squares: Float32Array,
  decay: Float32Array,
  rate: number,
): void {
  const sums = [...logits];
  for (const feature of features) {
    for (let k = 0; k < WIDTH; k++) sums[k] = (sums[k] as number) + (weights[feature * WIDTH + k] as number);
  }
  const errors = softmax(sums).slice(0, WIDTH);
  errors[truth] = (errors[truth] as number) - 1;
  const mean = errors.reduce((sum, error) => sum + error, 0) / WIDTH;
  const size = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0);
  for (const feature of features) {
    squares[feature] = (squares[feature] as number) + size;
    const pace = rate / Math.sqrt(squares[feature]);
    for (let k = 0; k < WIDTH; k++) {
      const at = feature * WIDTH + k;
      weights[at] =
        (weights[at] as number) - pace * ((errors[k] as number) - mean + (decay[feature] as number) * (weights[at] as number));
    }
  }
}

/** Whether the notes are read at least as well as by the model alone, by likelihood and by what is shown. */
function isAsGood(held: readonly Example[], learnt: LearntWeights, show: Show): boolean {
  let [loss, right] = [0, 0];
  for (const { logits, hashes, feeling } of held) {
    const shift = learnt.shift(hashes, hashes.length);
    const before = softmax(logits);
    const after = softmax(logits.map((logit, k) => logit + (shift?.[k] ?? 0)));
    const k = EMOTIONS.indexOf(feeling);
    loss += Math.log(before[k] as number) - Math.log(after[k] as number);
    right += Number(show(after) === feeling) - Number(show(before) === feeling);
  }
  return loss <= 0 && right >= 0;
}
