import type { IncomingMessage } from 'node:http';
import type { Framing } from '../../live/delivery/batch';

/** How a subscription is written into a response. */
export interface StreamFormat {
  readonly contentType: string;
  /** The bytes around an execution result. */
  readonly framing: Framing;
  /** The first bytes of the response. */
  readonly start?: Buffer;
  /** Sent at the start and while there are no events, so that proxies do not close the stream as idle. */
  readonly keepAlive: Buffer;
  /** Marks the end of the replay, for clients that show whether they are up to date. */
  readonly caughtUp?: Buffer;
  /** The last bytes of a complete stream. */
  readonly end: Buffer;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The "distinct connections mode" of GraphQL over SSE. JSON contains no line break, so an event needs one data line. */
const EVENTS: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  framing: { before: bytes('event: next\ndata: '), after: bytes('\n\n') },
  keepAlive: bytes(':\n\n'),
  caughtUp: bytes(': live\n\n'),
  end: bytes('event: complete\ndata:\n\n'),
};

const PART = '\r\nContent-Type: application/json\r\n\r\n';
const BOUNDARY = '\r\n--graphql';

/**
 * The multipart subscription protocol of Apollo Client, Kotlin, iOS and Router
 * (https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol). Every part is followed by its
 * boundary at once, because clients process a part when they have seen it.
 */
const MULTIPART: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  framing: { before: bytes(`${PART}{"payload":`), after: bytes(`}${BOUNDARY}`) },
  start: bytes('--graphql'),
  keepAlive: bytes(`${PART}{}${BOUNDARY}`),
  end: bytes('--\r\n'),
};

const acceptOf = ({ headers }: IncomingMessage): string => headers.accept ?? '*/*';
const acceptsMultipart = (accept: string): boolean => /multipart\/mixed[^,]*;\s*subscriptionSpec="?1\.0/i.test(accept);

/** @returns undefined if the client accepts neither format */
export function streamFormatOf(request: IncomingMessage): StreamFormat | undefined {
  const accept = acceptOf(request);
  if (acceptsMultipart(accept)) return MULTIPART;
  return /text\/event-stream|\*\/\*/i.test(accept) ? EVENTS : undefined;
}

/**
 * Whether a request to GRAPHQL_PATH is meant for the stream. Some clients list `text/event-stream` beside JSON for queries too; those
 * are not.
 */
export function wantsStream(request: IncomingMessage): boolean {
  const accept = acceptOf(request);
  return acceptsMultipart(accept) || (/text\/event-stream/i.test(accept) && !/json|\*\/\*/i.test(accept));
}
