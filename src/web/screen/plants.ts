/** A leaf at its stem. Lengths in hundredths of the height of the screen, up is negative. */
export interface LeafPlace {
  readonly x: number;
  readonly y: number;
  /** In degrees; 0 points up. */
  readonly angle: number;
  readonly length: number;
  readonly shape: number;
}

export interface Plant {
  /** Of its root, from the left. */
  readonly x: number;
  readonly height: number;
  /** The path of its stem, from the root at 0, 0. */
  readonly stem: string;
  /** From the lowest to the uppermost. */
  readonly leaves: readonly LeafPlace[];
}

/** Outlines of leaves of length 1 that point up from 0, 0. */
export const LEAF_SHAPES = [
  'M0 0C.38-.12.46-.62 0-1-.46-.62-.38-.12 0 0z',
  'M0 0C.24-.2.26-.7 0-1-.26-.7-.24-.2 0 0z',
  'M0 0C.5 0 .56-.5 0-1-.56-.5-.5 0 0 0z',
] as const;

/** Always the same numbers between 0 and 1, so that a screen that is opened again shows the same plants. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export interface Landscape {
  /** In hundredths of the height of the screen. */
  readonly width: number;
  /** Where the higher plants begin. */
  readonly tallFrom: number;
  /** Mean distance between two plants. */
  readonly spacing: number;
  readonly seed: number;
}

/** Plants along the lower edge of a screen. */
export function plantsOf({ width, tallFrom, spacing, seed }: Landscape): readonly Plant[] {
  const random = randomNumbers(seed);
  const count = Math.max(2, Math.round(width / spacing));
  return Array.from({ length: count }, (_, i) => {
    const x = ((i + 0.5) / count) * width + (random() - 0.5) * spacing * 0.6;
    const height = x > tallFrom ? 22 + random() * 20 : 10 + random() * 9;
    return plantAt(x, height, random);
  });
}

function plantAt(x: number, height: number, random: () => number): Plant {
  const lean = (random() - 0.5) * height * 0.35;
  const bow = (random() - 0.5) * height * 0.5;
  /** The point of a quadratic curve from the root. */
  const at = (t: number) => ({ x: 2 * t * (1 - t) * bow + t * t * lean, y: -height * t });
  const count = Math.max(4, Math.round(height / 2.6));
  const shape = Math.floor(random() * LEAF_SHAPES.length);
  const leaves = Array.from({ length: count }, (_, i) => {
    const t = 0.22 + (0.78 * (i + 1)) / count;
    const top = i === count - 1;
    const side = i % 2 === 0 ? 1 : -1;
    return {
      ...at(t),
      angle: top ? lean : side * (48 + random() * 34) - t * side * 18,
      length: (top ? 5 : 6.2 - 1.8 * t) * (0.85 + random() * 0.4),
      shape,
    };
  });
  return { x, height, stem: `M0 0Q${bow.toFixed(2)} ${(-height / 2).toFixed(2)} ${lean.toFixed(2)} ${-height}`, leaves };
}
