import { setTimeout as delay } from 'node:timers/promises';
import { seen, type Account } from './history';

export interface Api {
  readonly httpUrl: string;
}

export interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfter?: number };
}

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.extensions?.code ?? '?'}: ${problem.message}`);
  }
}

const ANSWER_MS = 15_000;

/** @throws Refusal, or the network's error */
export async function ask<T>({ httpUrl }: Api, query: string, variables: object, token?: string): Promise<T> {
  const response = await fetch(httpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: [Problem] };
  if (errors) throw new Refusal(errors[0]);
  return data;
}

interface Sent {
  readonly sendChat: { readonly id: string; readonly text: string; readonly cursor: string };
}

const SEND = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id text cursor } }';
const RETRY_MS = 250;
const RETRY_MAX_MS = 4_000;
const SURELY_MS = 120_000;
/** BAD_REQUEST: on a busy machine the server may time out while it reads a request. */
const PASSING = new Set(['UNAVAILABLE', 'UNAUTHENTICATED', 'BAD_REQUEST']);
const IN_FLIGHT_MAX = 2_000;
/** Share of failed sends that are given up, so that their outcome stays unknown. */
const GIVEN_UP = 0.2;

export interface LoadOptions {
  readonly account: Account;
  readonly apis: readonly Api[];
  readonly tokens: readonly string[];
  readonly rooms: readonly string[];
  readonly perSecond: number;
  /** Prefix of all texts, unique for each load. */
  readonly prefix: string;
  readonly random: () => number;
}

/** Writers at a steady rate. Each message is sent again until it is acknowledged or given up. */
export class Load {
  private readonly under = new Set<Promise<void>>();
  private running = false;
  private number = 0;
  private unexpected: unknown;
  private clock: Promise<void> | undefined;

  constructor(private readonly options: LoadOptions) {}

  start(): void {
    this.running = true;
    this.clock = this.run();
  }

  /** Resolves when every send has been acknowledged or given up. @throws an answer that no send may get */
  async stop(): Promise<void> {
    this.running = false;
    await this.clock;
    await Promise.all(this.under);
    const { unexpected } = this;
    this.unexpected = undefined;
    if (unexpected !== undefined) throw unexpected as Error;
  }

  /** Sends one message until it is acknowledged. @throws Error if it never is */
  async surely(room: string, text: string): Promise<void> {
    const giveUpAt = performance.now() + SURELY_MS;
    while (!(await this.attempt(text, room, this.options.tokens[0]))) {
      if (performance.now() > giveUpAt) throw new Error(`nobody takes ${text}`);
      await delay(RETRY_MS);
    }
  }

  /** One attempt at the given process. @returns whether it was acknowledged @throws Refusal with a code that repeating does not change */
  async attempt(
    text: string,
    room: string,
    token: string | undefined,
    api = this.pick(this.options.apis),
    clientMessageId = text,
  ): Promise<boolean> {
    const { account } = this.options;
    const send = account.attempt(text, room);
    const began = performance.now();
    const answered = (code: string): void => {
      const at = performance.now();
      account.answers.push({ room, at, ms: at - began, code });
    };
    try {
      const { sendChat } = await ask<Sent>(api, SEND, { input: { clientMessageId, room, text } }, token);
      answered('OK');
      account.acknowledge(send, seen(sendChat, room));
      return true;
    } catch (error) {
      send.errors.push(String(error));
      answered(error instanceof Refusal ? (error.problem.extensions?.code ?? '?') : 'NONE');
      if (error instanceof Refusal && !PASSING.has(error.problem.extensions?.code ?? '')) throw error;
      return false;
    }
  }

  private async run(): Promise<void> {
    const { perSecond } = this.options;
    const began = performance.now();
    let due = 0;
    while (this.running) {
      due = Math.min(((performance.now() - began) * perSecond) / 1_000, due + perSecond);
      while (this.number < due && this.under.size < IN_FLIGHT_MAX) this.send();
      // Sends that could not start in time are skipped: the rate stays steady.
      this.number = Math.max(this.number, Math.floor(due));
      await delay(5);
    }
  }

  private send(): void {
    const { rooms, tokens } = this.options;
    const text = `${this.options.prefix} ${this.number++}`;
    const sending = this.untilKnown(text, this.pick(rooms), this.pick(tokens))
      .catch((error: unknown) => {
        this.unexpected ??= error;
      })
      .finally(() => this.under.delete(sending));
    this.under.add(sending);
  }

  private async untilKnown(text: string, room: string, token: string): Promise<void> {
    const { random } = this.options;
    for (let tries = 0; !(await this.attempt(text, room, token)); tries++) {
      if (random() < GIVEN_UP) return;
      // Retries at once would keep the processes busy with nothing else.
      await delay(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** tries) * (1 + random()));
    }
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.options.random() * items.length)] as T;
  }
}
