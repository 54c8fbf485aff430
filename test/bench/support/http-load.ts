/**
 * A load generator in a process of its own: posts sendChat at a fixed rate over kept connections.
 * It reads its options from the parent's first message and answers with one result.
 */
import { Agent, request } from 'node:http';
import { openLoop } from './open-loop';

export interface HttpLoadOrder {
  /** Several tokens alternate. */
  readonly url: string | readonly string[];
  readonly tokens: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Seconds of warm-up with the same load, whose latencies are dropped. */
  readonly warmUpSeconds: number;
  readonly room: string;
  /** Distinguishes the clientMessageIds of one run from those of another. */
  readonly run: string;
}

export interface HttpLoadResult {
  /** From the time a send was due to its acknowledgement, in milliseconds. */
  readonly latencies: readonly number[];
  /** Message id and the wall-clock time in milliseconds at which its sending was due. */
  readonly sent: readonly [id: string, due: number][];
  readonly errors: readonly string[];
  readonly cpuSeconds: number;
}

const QUERY = 'mutation S($input: SendChatInput!) { sendChat(input: $input) { id sentAt cursor } }';
const TEXTS = [
  '오늘 하루도 정말 행복했어요',
  'what a lovely morning on the wall',
  '조금 지치지만 괜찮아',
  'cannot wait for the weekend',
];

async function run(order: HttpLoadOrder): Promise<HttpLoadResult> {
  const targets = [order.url].flat().map((url) => new URL(url));
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const latencies: number[] = [];
  const sent: [string, number][] = [];
  const errors: string[] = [];
  let open = 0;
  let sentAll = false;
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const end = () => {
    open--;
    if (sentAll && open === 0) finish();
  };

  const warm = order.warmUpSeconds * order.perSecond;
  await openLoop(order.perSecond, order.warmUpSeconds + order.seconds, (i, due) => {
    open++;
    const { hostname, port, pathname } = targets[i % targets.length] as URL;
    const body = JSON.stringify({
      query: QUERY,
      variables: { input: { clientMessageId: `${order.run}-${i}`, room: order.room, text: `${TEXTS[i % TEXTS.length]} ${i}` } },
    });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${order.tokens[i % order.tokens.length]}`,
    };
    const call = request({ agent, hostname, port, path: pathname, method: 'POST', headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (answer += chunk));
      response.on('end', () => {
        const id = /"sendChat":\{"id":"([^"]+)"/.exec(answer)?.[1];
        if (id) {
          if (i >= warm) latencies.push(performance.now() - due);
          if (i >= warm) sent.push([id, performance.timeOrigin + due]);
        } else errors.push(`${response.statusCode} ${answer.slice(0, 200)}`);
        end();
      });
    });
    call.on('error', (error) => {
      errors.push(error.message);
      end();
    });
    call.end(body);
  });
  sentAll = true;
  if (open > 0) await finished;
  agent.destroy();
  const { user, system } = process.cpuUsage();
  return { latencies, sent, errors, cpuSeconds: (user + system) / 1e6 };
}

process.once('message', (order: HttpLoadOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.disconnect()));
});
