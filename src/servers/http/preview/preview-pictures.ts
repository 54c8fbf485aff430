import type { Emotion } from '../../../domain/emotion';
import { leafPicture } from './leaf-picture';
import { encodePng } from './png';

/**
 * PNG files by the one or two strongest feelings of a room, each drawn once. There are 65 of about 30 kB: none, eight with one feeling
 * and 56 with two.
 */
export class PreviewPictures {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  of(emotions: readonly Emotion[]): Promise<Buffer> {
    const key = emotions.join();
    const known = this.drawn.get(key);
    if (known) return known;
    const drawing = encodePng(leafPicture(emotions));
    this.drawn.set(key, drawing);
    return drawing;
  }
}
