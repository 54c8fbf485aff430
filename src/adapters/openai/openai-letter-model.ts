import OpenAI from 'openai';
import { LetterError, type LetterDraft, type LetterModel, type LetterRequest, type TokenUsage } from '../../ports/letter-model';
import { LETTER_SCHEMA, parseLetter } from './letter-schema';

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';

export interface OpenAiOptions {
  readonly apiKey: string;
  /** Of any compatible server, e.g. https://api.openai.com/v1 */
  readonly baseUrl: string;
  readonly model: string;
  /** Newer models refuse a temperature, older ones an effort: what is undefined is not sent. */
  readonly temperature?: number | undefined;
  readonly effort?: ReasoningEffort | undefined;
  /** For the whole answer, body included. */
  readonly timeoutMs: number;
}

/** A letter and its JSON have some 20 KB. */
const MAX_BODY_BYTES = 256 * 1024;

/** Chat completions with structured output; nothing is kept at the server (`store: false`). */
export class OpenAiLetterModel implements LetterModel {
  readonly model: string;
  private readonly client: OpenAI;

  constructor(private readonly options: OpenAiOptions) {
    this.model = options.model;
    this.client = new OpenAI({
      apiKey: options.apiKey,
      baseURL: options.baseUrl,
      timeout: options.timeoutMs,
      maxRetries: 0,
      fetch: fetchWhole,
      // Otherwise the client would take these from the environment, and write messages to the console.
      organization: null,
      project: null,
      logLevel: 'off',
    });
  }

  async write(request: LetterRequest, signal: AbortSignal): Promise<LetterDraft> {
    signal.throwIfAborted();
    const { temperature, effort } = this.options;
    let completion: OpenAI.ChatCompletion;
    try {
      completion = await this.client.chat.completions.create(
        {
          model: this.model,
          store: false,
          messages: [
            { role: 'system', content: request.instructions },
            { role: 'user', content: request.data },
          ],
          response_format: { type: 'json_schema', json_schema: { name: 'letter', strict: true, schema: LETTER_SCHEMA } },
          max_completion_tokens: request.maxOutputTokens,
          ...(temperature !== undefined && { temperature }),
          ...(effort !== undefined && { reasoning_effort: effort }),
        },
        { signal },
      );
    } catch (error) {
      signal.throwIfAborted();
      throw toLetterError(error);
    }
    return read(completion);
  }
}

/** A compatible server may leave out anything, whatever the client's types say. */
type Untrusted<T> = T extends object ? { readonly [K in keyof T]?: Untrusted<T[K]> | null } : T;

function read(untrusted: Untrusted<OpenAI.ChatCompletion>): LetterDraft {
  const usage = usageOf(untrusted);
  const choice = Array.isArray(untrusted.choices) ? (untrusted.choices[0] as Untrusted<OpenAI.ChatCompletion.Choice>) : undefined;
  const message = choice?.message;
  if (message?.refusal || choice?.finish_reason === 'content_filter') throw new LetterError('refused', { usage });
  if (choice?.finish_reason === 'length') throw new LetterError('too-long', { usage });
  if (typeof message?.content !== 'string') throw new LetterError('bad-form', { usage });
  let json: unknown;
  try {
    json = JSON.parse(message.content);
  } catch (cause) {
    throw new LetterError('bad-json', { usage, cause });
  }
  const letter = parseLetter(json);
  if (!letter) throw new LetterError('bad-form', { usage });
  return { ...letter, usage };
}

function usageOf(completion: Untrusted<OpenAI.ChatCompletion>): TokenUsage | undefined {
  const inputTokens = completion.usage?.prompt_tokens;
  const outputTokens = completion.usage?.completion_tokens;
  const counts = Number.isSafeInteger(inputTokens) && Number.isSafeInteger(outputTokens);
  return counts ? { inputTokens: Math.max(0, inputTokens ?? 0), outputTokens: Math.max(0, outputTokens ?? 0) } : undefined;
}

class BodyTooLarge extends Error {}
class BodyCutOff extends Error {}

/** Reads the body inside the call, so that the time-out covers it, and no further than any letter goes. */
async function fetchWhole(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  let response: Response | undefined;
  try {
    response = await fetch(url, init);
    const body = response.body ? await readBody(response.body) : null;
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error;
    // By this name the client knows its own time-out.
    if (init?.signal?.aborted) throw Object.assign(new Error('aborted', { cause: error }), { name: 'AbortError' });
    throw response ? new BodyCutOff('the connection ended within the body', { cause: error }) : error;
  }
}

async function readBody(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge('the answer is larger than any letter');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toLetterError(error: unknown): LetterError {
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new LetterError('timeout', { cause: error });
  if (error instanceof OpenAI.APIConnectionError) {
    if (error.cause instanceof BodyTooLarge) return new LetterError('too-large', { cause: error });
    return new LetterError(error.cause instanceof BodyCutOff ? 'cut-off' : 'network', { cause: error });
  }
  if (error instanceof OpenAI.APIError) {
    const status = Number(error.status);
    const retryAfterMs = retryAfter(error.headers as Headers | undefined);
    // No waiting brings back a quota that is used up.
    if (status === 429 && error.code !== 'insufficient_quota')
      return new LetterError('rate-limited', { retryAfterMs, cause: error });
    if (status >= 500 || status === 408 || status === 409) return new LetterError('server-error', { retryAfterMs, cause: error });
    return new LetterError('rejected', { cause: error });
  }
  // The client parses the body as JSON by itself.
  if (typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError')
    return new LetterError('bad-json', { cause: error });
  return new LetterError('network', { cause: error });
}

/** Seconds, or an HTTP date, which is measured by the server's own clock. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.parse(headers?.get('date') ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
