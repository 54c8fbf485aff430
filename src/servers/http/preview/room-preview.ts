import express, { type Request, type Router } from 'express';
import type { Emotion } from '../../../domain/emotion';
import { preferredLocale } from '../../../domain/locale';
import type { Room } from '../../../domain/room';
import { MAIN_ROOM, titleIn } from '../../../domain/room-title';
import type { PageHead } from './page-head';
import { PreviewPictures } from './preview-pictures';

export interface RoomPreviews {
  /** The room, if everybody may know that it exists. */
  readonly publicRoom: (id: string) => Promise<Pick<Room, 'id' | 'title'> | undefined>;
  /** At most two of the strongest feelings in a public room, strongest first. */
  readonly emotionsOf: (id: string) => Promise<readonly Emotion[]>;
}

const PICTURE = 'preview.png';

/** Head of the page of a public room; undefined for every other room, so that the page does not depend on whether it exists. */
export async function roomHead(
  previews: RoomPreviews,
  pageUrl: (request: Request) => string,
  request: Request<{ room?: string }>,
): Promise<PageHead | undefined> {
  const room = await previews.publicRoom(request.params.room ?? MAIN_ROOM);
  if (!room) return undefined;
  const [origin, path] = [pageUrl(request), `/rooms/${room.id}`];
  return {
    title: `${titleIn(room, preferredLocale(request.headers['accept-language']))} · Jungle Buzz`,
    url: origin + (room.id === MAIN_ROOM ? '/' : path),
    image: `${origin}${path}/${PICTURE}`,
  };
}

/** Pictures of public rooms; every other address is left to the next handler. */
export function roomPictures(previews: RoomPreviews): Router {
  const router = express.Router();
  const pictures = new PreviewPictures();
  router.get(`/rooms/:room/${PICTURE}`, async (request, response, next) => {
    const room = await previews.publicRoom(request.params.room);
    if (!room) {
      next();
      return;
    }
    const picture = await pictures.of(await previews.emotionsOf(room.id));
    response.set({ 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.type('png').send(picture);
  });
  return router;
}
