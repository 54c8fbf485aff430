import { isUtf8 } from 'node:buffer';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export const GRAPHQL_PATH = '/graphql';
export const STREAM_PATH = '/graphql/stream';

/** Answers depend on the viewer, so no cache may keep them; they are never a page, so no browser may guess their type. */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Largest request body of queries and mutations, in bytes. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** A request that is not executed. The message is for the client. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly code = 'BAD_REQUEST',
  ) {
    super(message);
  }
}

/** The body of every refusal, in the shape of a GraphQL error response. */
export const errorBody = (message: string, code = 'BAD_REQUEST') => ({ errors: [{ message, extensions: { code } }] });

/** The path without the query string and without a trailing slash. */
export function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Rewrites an absolute-form target (`POST http://host/graphql`, RFC 9112, 3.2.2) to the usual form. Its host replaces the Host header. */
export function normaliseTarget(request: IncomingMessage): void {
  if (!/^https?:\/\//i.test(request.url ?? '') || !URL.canParse(request.url ?? '')) return;
  const { host, pathname, search } = new URL(request.url ?? '');
  request.url = pathname + search;
  request.headers.host = host;
}

/** The parameters of a request that clients send empty when they mean that they are absent. */
const OPTIONAL_PARAMETERS = ['operationName', 'variables', 'extensions'];

/** Removes the optional parameters that are empty. */
export function withoutEmpty<T extends object>(parameters: T): T {
  const isEmpty = (name: string): boolean => (parameters as Record<string, unknown>)[name] === '';
  if (!OPTIONAL_PARAMETERS.some(isEmpty)) return parameters;
  const empty = OPTIONAL_PARAMETERS.filter(isEmpty);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !empty.includes(name))) as T;
}

/**
 * Reads the body of a POST request as JSON. Calls one of the two functions, once, without a promise: each would take a turn of the queue.
 * @param receive called with undefined for GET and HEAD
 * @param fail called with a Refusal if the method is another, or the body is larger than the limit or not a JSON object
 */
export function onBody(
  request: IncomingMessage,
  receive: (body: object | undefined) => void,
  fail: (error: unknown) => void,
  limitBytes = BODY_LIMIT_BYTES,
): void {
  const { method, headers } = request;
  if (method === 'GET' || method === 'HEAD') receive(undefined);
  else if (method !== 'POST') fail(new Refusal(405, 'Use GET for queries or POST.', { allow: 'GET, POST' }));
  else if (!isJson(headers['content-type'])) fail(new Refusal(415, 'Send the request as application/json in UTF-8.'));
  else if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    fail(new Refusal(415, 'The encoding of the request is not supported.'));
  else if (Number(headers['content-length'] ?? 0) > limitBytes) fail(tooLarge(limitBytes));
  else collect(request, limitBytes, receive, fail);
}

/** As `onBody`. @returns undefined for GET and HEAD @throws Refusal */
export const bodyOf = (request: IncomingMessage, limitBytes: number): Promise<object | undefined> =>
  new Promise((resolve, reject) => {
    onBody(request, resolve, reject, limitBytes);
  });

function collect(
  request: IncomingMessage,
  limitBytes: number,
  receive: (body: object) => void,
  fail: (error: unknown) => void,
): void {
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limitBytes) {
      request.off('error', fail).pause();
      fail(tooLarge(limitBytes));
    } else if (first) (rest ??= []).push(chunk);
    else first = chunk;
  });
  request.on('end', () => {
    const body = parse(rest && first ? Buffer.concat([first, ...rest]) : (first ?? Buffer.alloc(0)));
    if (body instanceof Refusal) fail(body);
    else receive(body);
  });
  request.on('error', fail);
}

function parse(bytes: Buffer): object | Refusal {
  if (!isUtf8(bytes)) return new Refusal(400, 'The request is not UTF-8.');
  try {
    const body: unknown = JSON.parse(bytes.toString());
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // The same answer as for JSON that is not an object.
  }
  return new Refusal(400, 'The request is not a JSON object.');
}

const tooLarge = (limitBytes: number): Refusal =>
  new Refusal(413, `The request is larger than ${limitBytes / 1024} KiB.`, { connection: 'close' });

/** Accepts UTF-8 only: JSON has no other encoding on the web (RFC 8259, 8.1), whatever a charset parameter may say. */
function isJson(contentType = ''): boolean {
  if (contentType === 'application/json') return true;
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
  return type === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

/** Answers the request with the refusal. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { headers, body } = answerOf(refusal);
  response.writeHead(refusal.status, headers);
  response.end(body);
  // The rest of a body that is still being sent is not read: the connection ends with the answer.
  if (refusal.headers['connection'] === 'close') response.once('finish', () => request.destroy());
}

/** Answers with the refusal where there is no response object (a failed upgrade, a request that is not HTTP), and ends the connection. */
export function refuseSocket(socket: Duplex, refusal: Refusal): void {
  const { headers, body } = answerOf(refusal);
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

function answerOf({ message, code, headers }: Refusal): { headers: Record<string, string>; body: string } {
  // A redirect has no message.
  const body = message && `${JSON.stringify(errorBody(message, code))}\n`;
  return {
    headers: {
      ...ANSWER_HEADERS,
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  };
}
