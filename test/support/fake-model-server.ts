import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EMOTIONS } from '../../src/domain/emotion';

export interface ModelCall {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown> & {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** Writes the response to one call. */
export type Answer = (response: ServerResponse, call: ModelCall) => void;

export const GOOD_LETTER =
  'It was a gentle stretch for everyone here. Many small joys were shared, and a few worries found an open ear. ' +
  'Towards the evening the mood grew lighter still.\n\nMay the coming hours be kind to all of you.';

export const scoresOf = (score: number): object[] => EMOTIONS.map((emotion) => ({ emotion, score }));

const send = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
};

const completion = (message: object, finish: string): string =>
  JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    model: 'fake',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content: null, refusal: null, ...message } }],
    usage: { prompt_tokens: 1_000, completion_tokens: 200, total_tokens: 1_200 },
  });

/** Valid and faulty answers of a model server. */
export const answers = {
  content:
    (content: string): Answer =>
    (response) =>
      send(response, 200, completion({ content }, 'stop')),
  letter: (letter = GOOD_LETTER, topics: readonly unknown[] = ['weather'], scores: unknown = scoresOf(0.2)): Answer =>
    answers.content(JSON.stringify({ letter, topics, scores })),
  asking: (question: unknown): Answer =>
    answers.content(JSON.stringify({ letter: GOOD_LETTER, question, topics: ['weather'], scores: scoresOf(0.2) })),
  status:
    (status: number, headers: Record<string, string> = {}, code = 'some_code'): Answer =>
    (response) =>
      send(response, status, JSON.stringify({ error: { message: 'no', type: 'x', code } }), headers),
  never: (): Answer => () => undefined,
  headersThenNothing: (): Answer => (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":'),
  cutOff: (): Answer => (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"id":"c1","choices":[', () => response.destroy());
  },
  notJson: (): Answer => (response) => send(response, 200, '<html>gateway</html>'),
  refusal: (): Answer => (response) => send(response, 200, completion({ refusal: 'I cannot help with that.' }, 'stop')),
  filtered: (): Answer => (response) => send(response, 200, completion({ content: '' }, 'content_filter')),
  lengthStop: (): Answer => (response) => send(response, 200, completion({ content: '{"letter":"It was' }, 'length')),
  huge: (): Answer => (response) => send(response, 200, completion({ content: 'x'.repeat(1_000_000) }, 'stop')),
  empty: (): Answer => (response) => send(response, 200, '{}'),
} as const;

/** A model server on a free port. It gives the answers of the script in turn, repeats the last one, and keeps every call. */
export class FakeModelServer {
  readonly calls: ModelCall[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private script: Answer[] = [answers.letter()];

  static async start(): Promise<FakeModelServer> {
    const fake = new FakeModelServer();
    fake.server.listen(0, '127.0.0.1');
    await once(fake.server, 'listening');
    return fake;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  answer(...script: Answer[]): void {
    this.script = script;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    // The caller gave up before it had sent everything.
    if (text === '') return;
    const call: ModelCall = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(text) as ModelCall['body'],
    };
    this.calls.push(call);
    const next = this.script.length > 1 ? this.script.shift() : this.script[0];
    next?.(response, call);
  }
}
