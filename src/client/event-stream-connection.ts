import type { Line, LineEvents, Sink } from './line';
import type { LiveError, LiveOptions } from './types';

/** The server sends a comment every 12 s; a response without any for so long is dead. */
const SILENCE_MS = 30_000;
/** The head of a response takes no longer than this on a connection worth having. */
const HEAD_MS = 10_000;

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly LiveError[];
}

interface Stream {
  /** Everything missed has come. */
  live: boolean;
}

/**
 * Server-sent events, for networks that let no WebSocket through: one request for each subscription (the distinct connections mode
 * of GraphQL over SSE). If one of them breaks, all are taken for broken, as subscriptions of one socket are.
 */
export function eventLine(options: LiveOptions, events: LineEvents): Line {
  const url = options.streamUrl ?? options.url.replace(/^ws/, 'http').replace(/\/?$/, '/stream');
  const streams = new Set<Stream>();
  let asked: (() => void)[] = [];
  const all = new AbortController();

  const close = (): void => {
    asked = [];
    all.abort();
  };
  const down = (forbidden: boolean): void => {
    if (all.signal.aborted) return;
    close();
    events.down(forbidden);
  };
  const answer = (): void => {
    if ([...streams].some(({ live }) => !live)) return;
    for (const done of asked.splice(0)) setTimeout(done, 0);
  };

  /** @returns once the server has said `complete`. @throws if the response ends otherwise */
  const listen = async (body: object, signal: AbortSignal, event: (name: string, data: string) => void): Promise<void> => {
    const token = await options.accessToken?.();
    const watch = new AbortController();
    let timer = setTimeout(() => watch.abort(), HEAD_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        signal: anyOf(signal, watch),
      });
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) throw new Error('no events');
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        clearTimeout(timer);
        timer = setTimeout(() => watch.abort(), SILENCE_MS);
        const { value, done } = await reader.read();
        if (done) throw new Error('broken off');
        const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const { name, data } = eventOf(part);
          if (name === 'complete') return;
          event(name, data);
        }
      }
    } finally {
      clearTimeout(timer);
      watch.abort();
    }
  };

  const subscribe = (query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): (() => void) => {
    const stream: Stream = { live: false };
    const own = new AbortController();
    streams.add(stream);
    const onEvent = (name: string, data: string): void => {
      if (own.signal.aborted || all.signal.aborted) return;
      if (name === 'next') {
        const result = JSON.parse(data) as Result;
        if (result.errors?.some(isForbidden)) down(true);
        else if (result.data) sink.next(result.data);
        else sink.error(result.errors ?? []);
      } else if (data === 'live') {
        stream.live = true;
        answer();
      }
    };
    listen({ query, variables }, anyOf(all.signal, own), onEvent)
      .catch(() => {
        if (!own.signal.aborted) down(false);
      })
      .finally(() => {
        streams.delete(stream);
        answer();
      });
    return () => {
      own.abort();
    };
  };

  // Whether events come through at all is found out by a request that can only be refused.
  let forbidden = false;
  listen({}, all.signal, (name, data) => {
    if (name === 'next') forbidden = ((JSON.parse(data) as Result).errors ?? []).some(isForbidden);
  }).then(
    () => {
      if (all.signal.aborted) return;
      if (forbidden) down(true);
      else events.up();
    },
    () => {
      down(false);
    },
  );

  return {
    subscribe,
    roundTrip: (done) => {
      asked.push(done);
      answer();
    },
    close,
  };
}

const isForbidden = ({ extensions }: LiveError): boolean => extensions?.code === 'UNAUTHENTICATED';

/** Aborts what follows with the signal, for AbortSignal.any is younger than the browsers that may come. */
function anyOf(signal: AbortSignal, own: AbortController): AbortSignal {
  if (signal.aborted) own.abort();
  signal.addEventListener(
    'abort',
    () => {
      own.abort();
    },
    { signal: own.signal },
  );
  return own.signal;
}

/** A comment comes as an event without a name. */
function eventOf(part: string): { name: string; data: string } {
  let name = '';
  let data = '';
  for (const line of part.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data' || field === '') data = value;
  }
  return { name, data };
}
