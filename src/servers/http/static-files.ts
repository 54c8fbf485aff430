import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import { preferredLocale } from '../../domain/locale';
import { isRoomId } from '../../domain/room';
import { asNotFound, withHead } from './preview/page-head';
import { roomHead, roomPictures, type RoomPreviews } from './preview/room-preview';

/** Where a page finds the API. */
export interface PageEndpoints {
  /** Absolute URL, or a path at the page's own origin. */
  readonly http: string;
  readonly ws: string;
  /** Origins that the page connects to, for the content security policy. */
  readonly sources: readonly string[];
}

export interface StaticFilesOptions {
  /** Folder of the built page. */
  readonly root: string;
  /** Whether GraphiQL and Apollo Sandbox are served. */
  readonly ide: boolean;
  /** Whether people may enter as guests. */
  readonly guests: boolean;
  /** Origins of pages that may show /embed/ROOM in a frame. */
  readonly embedOrigins: readonly string[];
  readonly previews: RoomPreviews;
  /** Address of the page for the client that sent this request, without a path. */
  readonly pageUrl: (request: IncomingMessage) => string;
  /** Addresses of the API for a page that was served by this request. */
  readonly endpoints: (request: IncomingMessage) => PageEndpoints;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const WALLS = ['/', '/rooms/:room'];
/** The service worker keeps /index.html. */
const PAGES = [
  ...['/rooms/:room/settings', '/join', '/join/:code', '/me', '/letters', '/mood', '/reports', '/admin', '/reset'],
  '/index.html',
];
/** Files beside the page whose names do not change with their contents. */
const FIXED = [
  ...['/favicon.svg', '/theme.js', '/manifest.webmanifest', '/sw.js'],
  ...['/icon-192.png', '/icon-512.png', '/icon-maskable.png', '/apple-touch-icon.png'],
];
/** Paths for programs: an unknown path below them gets an error in JSON even if the client accepts HTML. */
const PROGRAM_PATHS = /^\/(graphql|assets|healthz|readyz|metrics|config\.json|element\.js|schema\.graphql)(\/|$)/;

/** GraphiQL contains inline styles, and its editor adds more. */
const INLINE_STYLES = "style-src 'self' 'unsafe-inline'; font-src 'self' data:; ";

/**
 * The page, its assets, the addresses of the API, and the IDE pages.
 *
 * ETags depend on contents, not on size and modification time: npm pack gives every file the same modification time, so that an
 * upgrade would not be noticed.
 */
export function staticFiles({ root, ide, guests, embedOrigins, previews, pageUrl, endpoints }: StaticFilesOptions): Router {
  const router = express.Router();
  router.get('/config.json', forAnyOrigin, (request, response) => {
    const { http, ws } = endpoints(request);
    response.set('Cache-Control', 'no-store').json({ http, ws, guests });
  });
  /**
   * `send` derives the ETag from the body.
   * @param change what the request changes of the file
   */
  const file =
    (name: string, status = 200, change?: (body: string, request: Request) => string | Promise<string>): RequestHandler =>
    async (request, response, next) => {
      const body = await readFile(join(root, name)).catch(() => undefined);
      if (!body) {
        next();
        return;
      }
      response.status(status).set('Cache-Control', 'no-cache').type(extname(name));
      response.send(change ? await change(body.toString(), request) : body);
    };
  /**
   * @param additional directives for more than the page's own files
   * @param ancestors pages that may show it in a frame
   */
  const policy =
    (additional = '', ancestors = "'none'"): RequestHandler =>
    (request, response, next) => {
      const connect = `connect-src 'self' ${endpoints(request).sources.join(' ')}`;
      response.set(
        'Content-Security-Policy',
        `default-src 'self'; img-src 'self' data:; ${additional}${connect}; object-src 'none'; form-action 'self'; frame-ancestors ${ancestors}; base-uri 'none'`,
      );
      next();
    };
  router.get(PAGES, policy(), file('index.html'));
  const wall = file('index.html', 200, async (html, request) => {
    // A link to the main room shows its title in the language of the reader.
    request.res?.vary('Accept-Language');
    const head = await roomHead(previews, pageUrl, request);
    return head ? withHead(html, head) : html;
  });
  router.get(WALLS, onlyRooms, policy(), wall);
  router.use(roomPictures(previews));
  router.get('/rooms/:room/screen', policy(), file('screen.html'));
  const framed: RequestHandler = (_, response, next) => {
    // Older than frame-ancestors, and it knows no list.
    if (embedOrigins.length > 0) response.removeHeader('X-Frame-Options');
    next();
  };
  router.get('/embed/:room', policy('', embedOrigins.join(' ') || undefined), framed, file('embed.html'));
  router.get('/element.js', forAnyOrigin, element(root));
  if (ide) {
    router.get('/graphiql', policy(INLINE_STYLES), file('graphiql.html'));
    // Apollo's servers deliver the scripts of this page, so it has no policy.
    router.get('/sandbox', file('sandbox.html'));
  }
  router.use('/assets', compressed(join(root, 'assets')));
  router.use(
    '/assets',
    express.static(join(root, 'assets'), {
      immutable: true,
      maxAge: YEAR_MS,
      lastModified: false,
      // The build puts a hash of the contents into the name.
      setHeaders: (response, path) => response.setHeader('ETag', `"${basename(path)}"`),
    }),
  );
  for (const path of FIXED) router.get(path, file(path));
  const notFound = file('index.html', 404, (html, { headers }) => asNotFound(html, preferredLocale(headers['accept-language'])));
  const unknown = express.Router().use(policy(), notFound);
  router.use((request, response, next) => {
    if (wantsPage(request)) unknown(request, response, next);
    else next();
  });
  const malformed: ErrorRequestHandler = (error: { status?: number }, request, response, next) => {
    if (error.status === 400 && wantsPage(request)) unknown(request, response, next);
    else next(error);
  };
  router.use(malformed);
  return router;
}

/** For files that pages of other origins load. */
const forAnyOrigin: RequestHandler = (_, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
};

/** The web component, compressed where the client accepts it. */
const element =
  (root: string): RequestHandler =>
  async (request, response, next) => {
    const isCompressed = request.acceptsEncodings('gzip') !== false;
    const body = await readFile(join(root, isCompressed ? 'element.js.gz' : 'element.js')).catch(() => undefined);
    if (!body) {
      next();
      return;
    }
    response.vary('Accept-Encoding').set('Cache-Control', 'no-cache').type('js');
    if (isCompressed) response.set('Content-Encoding', 'gzip');
    response.send(body);
  };

/** Leaves addresses of rooms that cannot exist to the next handler. */
const onlyRooms: RequestHandler<{ room?: string }> = ({ params: { room } }, _, next) => {
  if (room === undefined || isRoomId(room)) next();
  else next('route');
};

/** Recognises a browser that opens an unknown path as a page. */
const wantsPage = ({ method, path, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !PROGRAM_PATHS.test(path) && (headers.accept ?? '').includes('text/html');

/** The build keeps scripts and styles as .gz only. For the rare client that does not accept gzip they are decompressed. */
function compressed(folder: string): RequestHandler {
  const compressedNames = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : []);
  return (request, response, next) => {
    const { path } = request;
    const name = `${path.slice(1)}.gz`;
    if (!compressedNames.has(name)) {
      next();
      return;
    }
    response.vary('Accept-Encoding').type(extname(path));
    if (request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip');
      request.url = `/${name}`;
      next();
      return;
    }
    pipeline(createReadStream(join(folder, name)), createGunzip(), response, (error) => {
      if (error) response.destroy();
    });
  };
}
