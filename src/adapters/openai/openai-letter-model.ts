import OpenAI from 'openai';
import { LetterError, type LetterDraft, type LetterModel, type LetterRequest, type TokenUsage } from '../../ports/letter-model';
import { LETTER_SCHEMA, parseLetter } from './letter-schema';

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';

export interface OpenAiOptions {
  readonly apiKey: string;
  /** Base URL of any compatible server, such as https://api.openai.com/v1 */
  readonly baseUrl: string;
  readonly model: string;
  /** Not sent if undefined: newer models refuse a temperature, older ones an effort. */
  readonly temperature?: number | undefined;
  readonly effort?: ReasoningEffort | undefined;
  /** Deadline for the whole answer, body included. */
  readonly timeoutMs: number;
}

/** A letter and its JSON have about 20 KB. */
const MAX_BODY_BYTES = 256 * 1024;

/** Chat completions with structured output. `store: false` asks the server to keep nothing. */
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
      // By default the client reads these from the environment and logs to the console.
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

/** A compatible server may omit any property, contrary to the client's types. */
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

/** Fetches with the whole body, so that the client's time-out covers it, and rejects bodies over MAX_BODY_BYTES. */
async function fetchWhole(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  let response: Response | undefined;
  try {
    response = await fetch(url, init);
    const body = response.body ? await readBody(response.body) : null;
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error;
    // The client recognises its own time-out by this name.
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
    // Retrying does not help when the quota is used up.
    if (status === 429 && error.code !== 'insufficient_quota')
      return new LetterError('rate-limited', { retryAfterMs, cause: error });
    if (status >= 500 || status === 408 || status === 409) return new LetterError('server-error', { retryAfterMs, cause: error });
    return new LetterError('rejected', { cause: error });
  }
  // Thrown by the client, which parses the body as JSON.
  if (typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError')
    return new LetterError('bad-json', { cause: error });
  return new LetterError('network', { cause: error });
}

/** Milliseconds from `retry-after`: seconds or an HTTP date, which is compared with the server's `date`. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.parse(headers?.get('date') ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
