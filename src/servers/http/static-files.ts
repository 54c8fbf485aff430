import { createReadStream, existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import express, { type RequestHandler, type Router } from 'express';

export interface StaticFilesOptions {
  /** The folder with the built page. */
  readonly root: string;
  /** Whether GraphiQL and Apollo Sandbox are served. */
  readonly ide: boolean;
  /** Where a page that came by this request finds the API. */
  readonly endpoints: (request: IncomingMessage) => { http: string; ws: string };
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const PAGES = ['/', '/rooms/:room', '/me', '/letters', '/mood', '/reports'];
/** Beside the page, under names that do not change with their contents. */
const FIXED = ['/favicon.svg', '/theme.js', '/manifest.webmanifest'];

/** GraphiQL brings a style of its own, and its editor sets more. The Sandbox page runs what Apollo serves, under no policy. */
const INLINE_STYLES = "style-src 'self' 'unsafe-inline'; font-src 'self' data:; ";

/** The page, its assets, the address of the API for it, and the IDE pages. */
export function staticFiles({ root, ide, endpoints }: StaticFilesOptions): Router {
  const router = express.Router();
  router.get('/config.json', (request, response) => {
    response.set('Cache-Control', 'no-store').json(endpoints(request));
  });
  const html =
    (file: string): RequestHandler =>
    (_, response) => {
      response.set('Cache-Control', 'no-cache').sendFile(join(root, file));
    };
  /** @param wider what the page needs beside its own files */
  const policy =
    (wider = ''): RequestHandler =>
    (request, response, next) => {
      const { http, ws } = endpoints(request);
      const events = new URL(ws.replace(/^ws/, 'http')).origin;
      const connect = `connect-src 'self' ${new URL(http).origin} ${new URL(ws).origin} ${events}`;
      response.set(
        'Content-Security-Policy',
        `default-src 'self'; img-src 'self' data:; ${wider}${connect}; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      );
      next();
    };
  router.get(PAGES, policy(), html('index.html'));
  if (ide) {
    router.get('/graphiql', policy(INLINE_STYLES), html('graphiql.html'));
    router.get('/sandbox', html('sandbox.html'));
  }
  router.use('/assets', compressed(join(root, 'assets')));
  router.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: true }));
  for (const file of FIXED) router.use(file, express.static(join(root, file)));
  return router;
}

/** The build leaves scripts and styles as .gz alone. Hardly anybody cannot read that; for them it is unpacked. */
function compressed(folder: string): RequestHandler {
  const packed = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : []);
  return (request, response, next) => {
    const { path } = request;
    const file = `${path.slice(1)}.gz`;
    if (!packed.has(file)) {
      next();
      return;
    }
    response.vary('Accept-Encoding').type(extname(path));
    if (request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip');
      request.url = `/${file}`;
      next();
      return;
    }
    pipeline(createReadStream(join(folder, file)), createGunzip(), response, (error) => {
      if (error) response.destroy();
    });
  };
}
