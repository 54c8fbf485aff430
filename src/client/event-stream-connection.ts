import type { Connection, ConnectionEvents, Sink } from './connection';
import type { LiveError, LiveOptions } from './types';

/** The server sends a comment every 12 s. A response without data for this long is broken. */
const SILENCE_MS = 30_000;
/** The comment after the last missed event. */
const CAUGHT_UP = 'live';
/** For the head of a response. */
const HEAD_TIMEOUT_MS = 10_000;

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly LiveError[];
}

interface Handlers {
  readonly next: (result: Result) => void;
  /** Everything missed has arrived. */
  readonly caughtUp?: () => void;
}

/**
 * Server-sent events, for networks that let no WebSocket through: one request for each subscription (the distinct connections mode
 * of GraphQL over SSE). If one request fails, all are aborted, as all subscriptions of a socket end with it.
 */
export function openEventStreams(options: LiveOptions, events: ConnectionEvents): Connection {
  const url = options.streamUrl ?? options.url.replace(/^ws/, 'http').replace(/\/?$/, '/stream');
  /** Subscriptions that have not caught up. */
  const catchingUp = new Set<AbortController>();
  let roundTrips: (() => void)[] = [];
  const all = new AbortController();

  const close = (): void => {
    roundTrips = [];
    all.abort();
  };
  const lost = (forbidden: boolean): void => {
    if (all.signal.aborted) return;
    close();
    events.lost(forbidden);
  };
  const finishRoundTrips = (): void => {
    if (catchingUp.size > 0) return;
    for (const done of roundTrips.splice(0)) setTimeout(done, 0);
  };

  /** @returns when the server has sent `complete`. @throws if the response ends in another way */
  const request = async (body: object, signal: AbortSignal, { next, caughtUp }: Handlers): Promise<void> => {
    const token = await options.accessToken?.();
    const abort = new AbortController();
    let timer = setTimeout(() => abort.abort(), HEAD_TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        signal: eitherOf(signal, abort),
      });
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
        throw new Error('the response is no event stream');
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        clearTimeout(timer);
        timer = setTimeout(() => abort.abort(), SILENCE_MS);
        const { value, done } = await reader.read();
        if (done) throw new Error('the response ended early');
        const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
        text = blocks.pop() ?? '';
        for (const { event, data } of blocks.map(parseBlock)) {
          if (event === 'complete') return;
          if (event === 'next') next(JSON.parse(data) as Result);
          else if (data === CAUGHT_UP) caughtUp?.();
        }
      }
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  };

  const subscribe = (query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): (() => void) => {
    const own = new AbortController();
    const isOver = (): boolean => own.signal.aborted || all.signal.aborted;
    const caughtUp = (): void => {
      catchingUp.delete(own);
      finishRoundTrips();
    };
    catchingUp.add(own);
    request({ query, variables, ...(options.isScreen && { extensions: { screen: true } }) }, eitherOf(all.signal, own), {
      next: ({ data, errors = [] }) => {
        if (isOver()) return;
        if (errors.some(isForbidden)) lost(true);
        else if (data) sink.next(data);
        else sink.error(errors);
      },
      caughtUp,
    })
      .catch(() => {
        if (!own.signal.aborted) lost(false);
      })
      .finally(caughtUp);
    return () => {
      own.abort();
    };
  };

  // Tests with a request that the server always refuses whether event streams get through.
  let forbidden = false;
  request({}, all.signal, { next: ({ errors }) => (forbidden = errors?.some(isForbidden) ?? false) }).then(
    () => {
      if (all.signal.aborted) return;
      if (forbidden) lost(true);
      else events.opened();
    },
    () => {
      lost(false);
    },
  );

  return {
    subscribe,
    roundTrip: (done) => {
      roundTrips.push(done);
      finishRoundTrips();
    },
    close,
  };
}

const isForbidden = ({ extensions }: LiveError): boolean => extensions?.code === 'UNAUTHENTICATED';

/** A signal that either of the two aborts. AbortSignal.any is missing in browsers of before 2024. */
function eitherOf(signal: AbortSignal, own: AbortController): AbortSignal {
  if (signal.aborted) own.abort();
  signal.addEventListener('abort', () => own.abort(), { signal: own.signal });
  return own.signal;
}

/**
 * One block of the stream, as this server writes them: `\n` at every end of a line, data in one line. A comment comes as data without an
 * event. A parser of every form of the format (eventsource-parser) would add 1.4 KB to each page.
 */
function parseBlock(block: string): { event: string; data: string } {
  let event = '';
  let data = '';
  for (const line of block.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') event = value;
    else if (field === 'data' || field === '') data = value;
  }
  return { event, data };
}
