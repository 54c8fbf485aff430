import type { Emotion } from '../../../domain/emotion';
import { Canvas, mix, type Colour } from './canvas';
import type { Picture } from './png';

/** What link previews expect. */
const WIDTH = 1_200;
const HEIGHT = 630;
const PAPER: Colour = [0xf4, 0xef, 0xe4];
const STEM: Colour = [0x1f, 0x5c, 0x46];
/** Colours of a room without a clear mood. */
const PLAIN: readonly Colour[] = [
  [0x1f, 0x5c, 0x46],
  [0x6d, 0xb4, 0x53],
];
/** The hues of the page's light theme. */
const HUES: Readonly<Record<Emotion, Colour>> = {
  JOY: [0xe3, 0xae, 0x28],
  LOVE: [0xe9, 0x72, 0x92],
  CALM: [0x41, 0xb2, 0xb2],
  HOPE: [0x6d, 0xb4, 0x53],
  SADNESS: [0x5b, 0x9d, 0xdf],
  ANGER: [0xe0, 0x5c, 0x45],
  ANXIETY: [0xa0, 0x7c, 0xdb],
  WEARINESS: [0xa3, 0x8e, 0x7d],
};

interface Leaf {
  /** Where it grows from the stem, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Radians, clockwise from the right. */
  readonly angle: number;
  /** Pixels from the stem to the tip. */
  readonly length: number;
}

/** Half of the greatest width of a leaf, as a share of its length. */
const HALF_WIDTH = 0.23;
/** How far a leaf leans away from its stem, in radians. */
const LEAN = 0.85;
const LEAVES = 13;

/** A twig of calm leaves. @param emotions the strongest feelings of a room, at most two */
export function leafPicture(emotions: readonly Emotion[]): Picture {
  const colours = emotions.length === 0 ? PLAIN : emotions.map((emotion) => HUES[emotion]);
  const [first = STEM, second = first] = colours;
  const paper = mix(PAPER, first, 0.14);
  const canvas = new Canvas(WIDTH, HEIGHT, paper);
  drawStem(canvas, mix(STEM, paper, 0.25));
  for (let i = 0; i < LEAVES; i++) {
    const t = 0.1 + (0.9 * i) / (LEAVES - 1);
    const isTip = i === LEAVES - 1;
    const { x, y, angle } = onStem(t);
    const side = i % 2 === 0 ? -1 : 1;
    const length = isTip ? 190 : 150 + 110 * Math.sin(Math.PI * t);
    const colour = mix(i % 3 === 1 ? second : first, i % 2 === 0 ? PAPER : STEM, 0.16);
    drawLeaf(canvas, { x, y, angle: isTip ? angle : angle + side * LEAN, length }, colour, paper);
  }
  return canvas;
}

/** A point of the stem, which rises from the lower left to the right. @param t 0 at its foot, 1 at its tip */
function onStem(t: number): { x: number; y: number; angle: number } {
  const bend = (a: number, b: number, c: number): number => a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t * t;
  const slope = (a: number, b: number, c: number): number => 2 * (b - a) * (1 - t) + 2 * (c - b) * t;
  const [x, y] = [[110, 480, 960] as const, [520, 440, 165] as const];
  return { x: bend(...x), y: bend(...y), angle: Math.atan2(slope(...y), slope(...x)) };
}

function drawStem(canvas: Canvas, colour: Colour): void {
  const STEPS = 400;
  for (let i = 0; i <= STEPS; i++) {
    const { x, y } = onStem(i / STEPS);
    const radius = 4.5 - 2.5 * (i / STEPS);
    for (let py = Math.floor(y - radius - 1); py <= y + radius + 1; py++) {
      for (let px = Math.floor(x - radius - 1); px <= x + radius + 1; px++) {
        canvas.paint(px, py, colour, radius - Math.hypot(px - x, py - y) + 0.5);
      }
    }
  }
}

/** Edges are smoothed by the distance of a pixel to them. */
function drawLeaf(canvas: Canvas, { x, y, angle, length }: Leaf, colour: Colour, paper: Colour): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const shade = mix(colour, STEM, 0.1);
  const vein = mix(colour, paper, 0.55);
  const halves = Float64Array.from(
    { length: Math.ceil(length) },
    (_, i) => HALF_WIDTH * length * Math.sin(Math.PI * (i / length) ** 0.8),
  );
  const reach = HALF_WIDTH * length + 1;
  const [left, right] = [Math.min(0, cos * length) - reach, Math.max(0, cos * length) + reach];
  const [top, bottom] = [Math.min(0, sin * length) - reach, Math.max(0, sin * length) + reach];
  for (let dy = Math.floor(top); dy <= bottom; dy++) {
    for (let dx = Math.floor(left); dx <= right; dx++) {
      const along = dx * cos + dy * sin;
      if (along <= 0 || along >= length) continue;
      const across = dy * cos - dx * sin;
      const distance = Math.abs(across);
      const inside = (halves[along | 0] ?? 0) - distance + 0.5;
      if (inside <= 0) continue;
      canvas.paint(Math.round(x) + dx, Math.round(y) + dy, across < 0 ? colour : shade, inside);
      if (distance < 2)
        canvas.paint(Math.round(x) + dx, Math.round(y) + dy, vein, Math.min(inside, 2 - 1.6 * (along / length) - distance));
    }
  }
}
