/**
 * A load generator in a process of its own: posts setEmpathy for one message at a fixed rate over kept connections. Each account
 * presses another kind every time. It reads its options from the parent's first message and answers with one result.
 */
import { Agent, request } from 'node:http';
import { openLoop } from './open-loop';

export interface PressLoadOrder {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly chatId: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Seconds of warm-up with the same load, whose latencies are dropped. */
  readonly warmUpSeconds: number;
}

export interface PressLoadResult {
  /** From the time a press was due to its acknowledgement, in milliseconds. */
  readonly latencies: readonly number[];
  readonly errors: readonly string[];
}

const QUERY = 'mutation ($id: ID!, $empathy: Empathy) { setEmpathy(chatId: $id, empathy: $empathy) { id empathies { count } } }';
const KINDS = ['ME_TOO', 'HUG', 'CHEER', null];

async function run({ url, tokens, chatId, perSecond, seconds, warmUpSeconds }: PressLoadOrder): Promise<PressLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { hostname, port, pathname: path } = new URL(url);
  const latencies: number[] = [];
  const errors: string[] = [];
  const calls: Promise<void>[] = [];
  await openLoop(perSecond, warmUpSeconds + seconds, (i, due) => {
    const empathy = KINDS[Math.floor(i / tokens.length) % KINDS.length];
    const body = JSON.stringify({ query: QUERY, variables: { id: chatId, empathy } });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${tokens[i % tokens.length]}`,
    };
    calls.push(
      new Promise((resolve) => {
        const call = request({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
          let answer = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (answer += chunk));
          response.on('end', () => {
            if (!answer.includes('"setEmpathy":{')) errors.push(answer.slice(0, 200));
            else if (i >= warmUpSeconds * perSecond) latencies.push(performance.now() - due);
            resolve();
          });
        });
        call.on('error', (error) => {
          errors.push(error.message);
          resolve();
        });
        call.end(body);
      }),
    );
  });
  await Promise.all(calls);
  agent.destroy();
  return { latencies, errors };
}

process.once('message', (order: PressLoadOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.disconnect()));
});
