/** The files of this version, each with its hash as in the attribute `integrity`. The build writes it. */
declare const FILES: Readonly<Record<string, string>>;
/** A hash of FILES. */
declare const VERSION: string;

const PREFIX = 'jungle-buzz.version.';
const CACHE = `${PREFIX}${VERSION}`;
const CONFIG_CACHE = 'jungle-buzz.config';
const CONFIG = '/config.json';
/** The page behind all addresses of SHELL_PATHS, as it was built: on `/` the server adds what a room is about. */
const SHELL = '/index.html';
const SHELL_PATHS = /^\/(rooms\/[a-z0-9-]{1,40}|me|letters|mood|reports)?$/;
/** Pages of the version before can still be open, and load parts of themselves. */
const VERSIONS = 2;
/** A network that does not answer for so long counts as none. */
const CONFIG_MS = 1_500;

const requestFor = (path: string): Request => new Request(path, { integrity: FILES[path] ?? '', cache: 'reload' });

/** Stores all files of this version, or fails: a server that is being upgraded may still have files of another version. */
export async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(Object.keys(FILES).map(requestFor));
  // The page that installs the worker has loaded it already.
  await (await caches.open(CONFIG_CACHE)).add(CONFIG);
}

export async function removeOldVersions(): Promise<void> {
  // Oldest first.
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(versions.slice(0, Math.max(0, versions.length + 1 - VERSIONS)).map((name) => caches.delete(name)));
}

/** @returns undefined for what the browser is to load by itself */
export function answer({ request }: Pick<FetchEvent, 'request'>): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return undefined;
  const { pathname } = url;
  if (request.mode === 'navigate') {
    if (!SHELL_PATHS.test(pathname)) return undefined;
    return fromCache(SHELL, request);
  }
  if (pathname === CONFIG) return config(request);
  if (pathname.startsWith('/assets/')) return fromAnyVersion(request);
  if (pathname in FILES) return fromCache(pathname, request);
  return undefined;
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const stored = await (await caches.open(CACHE)).match(path, { ignoreVary: true });
  return stored ?? fetch(request);
}

/** The name of an asset contains a hash of its contents. */
const fromAnyVersion = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

/** The addresses of the API as the server has them now; without a network as they were. */
async function config(request: Request): Promise<Response> {
  const cache = await caches.open(CONFIG_CACHE);
  const stored = await cache.match(CONFIG);
  const fresh = fetch(request, stored ? { signal: AbortSignal.timeout(CONFIG_MS) } : {}).then(async (response) => {
    if (response.ok) await cache.put(CONFIG, response.clone());
    return response;
  });
  return stored ? fresh.catch(() => stored) : fresh;
}
