import type { Picture } from './png';

export type Colour = readonly [red: number, green: number, blue: number];

/** @param share of the second colour, 0 to 1 */
export const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** A picture to paint on. */
export class Canvas implements Picture {
  readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    paper: Colour,
  ) {
    this.pixels = new Uint8Array(width * height * 3);
    for (let i = 0; i < width; i++) this.pixels.set(paper, i * 3);
    for (let y = 1; y < height; y++) this.pixels.copyWithin(y * width * 3, 0, width * 3);
  }

  /** @param share how much of the pixel the colour covers; all of it from 1, nothing up to 0 */
  paint(x: number, y: number, colour: Colour, share: number): void {
    if (share <= 0 || x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const { pixels } = this;
    const at = (y * this.width + x) * 3;
    const part = share > 1 ? 1 : share;
    const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    pixels[at] = red + (colour[0] - red) * part;
    pixels[at + 1] = green + (colour[1] - green) * part;
    pixels[at + 2] = blue + (colour[2] - blue) * part;
  }
}
