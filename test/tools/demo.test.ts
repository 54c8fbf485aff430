import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../support/free-port';

const QUERY = '{ recentChats { items { text } } mood(minutes: 10080) { messageCount } insight { id } }';
interface Answer {
  readonly data: {
    readonly recentChats: { readonly items: readonly unknown[] };
    readonly mood: { readonly messageCount: number };
    readonly insight: object | null;
  };
}

test('the demo shows notes, a mood and a letter', async () => {
  const [port, wsPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/demo/demo.ts'], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, PORT: String(port), WS_PORT: String(wsPort), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    // Also ends if the demo exits before it is ready.
    for await (const line of createInterface(child.stdout)) if (line.startsWith('Open ')) break;
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    });
    const { data } = (await answer.json()) as Answer;
    expect(data.recentChats.items).toHaveLength(20);
    expect(data.mood.messageCount).toBeGreaterThan(0);
    expect(data.insight).not.toBeNull();
  } finally {
    child.kill();
    await exited;
  }
}, 90_000);
