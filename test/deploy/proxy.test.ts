import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { TestApp } from '../support/app';
import { freePort } from '../support/free-port';
import { RoomsDocument } from '../support/generated/graphql';
import { has, notInstalled } from '../support/services';
import { ServiceProcess } from '../support/service-process';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const FOLDER = join(__dirname, '../../deploy');

/** @returns its exit code */
async function healthCheck(env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [join(FOLDER, 'healthcheck.mjs')], { env: { PATH: process.env['PATH'], ...env } });
  const [code] = (await once(child, 'close')) as [number];
  return code;
}

let app: TestApp;
let ports: { PORT: string; WS_PORT: string };
beforeAll(async () => {
  app = await TestApp.start();
  const [PORT, WS_PORT] = [app.app.urls.http, app.app.urls.ws].map((url) => new URL(url).port) as [string, string];
  ports = { PORT, WS_PORT };
});

test('the health check requests the port that the roles open', async () => {
  const closed = String(await freePort());
  expect(await healthCheck(ports)).toBe(0);
  expect(await healthCheck({ ...ports, ROLES: 'live,worker', PORT: closed })).toBe(0);
  expect(await healthCheck({ ...ports, ROLES: 'worker', WS_PORT: closed })).toBe(0);
  expect(await healthCheck({ ...ports, ROLES: 'api,live', PORT: closed })).toBe(1);
  expect(await healthCheck({ ...ports, ROLES: 'live', WS_PORT: closed })).toBe(1);
});

if (!has('caddy', 'version')) notInstalled(['caddy']);
else {
  describe('behind the proxy', () => {
    let origin: string;
    let caddy: ServiceProcess;

    beforeAll(async () => {
      const port = await freePort();
      origin = `127.0.0.1:${port}`;
      const home = tempDir();
      const settings = {
        ...{ SITE_ADDRESS: `:${port}`, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
        ...{ API_HOST: '127.0.0.1', API_PORT: ports.PORT, LIVE_HOST: '127.0.0.1', LIVE_PORT: ports.WS_PORT },
      };
      const file = join(FOLDER, 'Caddyfile');
      caddy = new ServiceProcess('caddy', ['run', '--adapter', 'caddyfile', '--config', file], settings);
      await caddy.start(/serving initial configuration/);
    });
    afterAll(() => caddy.stop());

    test('serves requests, the page and sockets on one origin', async () => {
      const through = await fetch(`http://${origin}/readyz`);
      expect(await through.text()).toContain('roles: api, live, worker');
      const mina = await app.person();
      const client = createClient({ url: `ws://${origin}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
      const texts: string[] = [];
      client.subscribe<{ newChat: { text: string } }>(
        { query: 'subscription { newChat { text } }' },
        { next: ({ data }) => texts.push(data?.newChat.text ?? ''), error: () => texts.push('error'), complete: () => undefined },
      );
      await until(
        async () => (await app.ask(RoomsDocument, {})).rooms[0]?.online === 1,
        'the socket is connected through the proxy',
      );
      const body = {
        query: 'mutation { sendChat(input: { clientMessageId: "1", text: "through the proxy" }) { id } }',
      };
      const answer = await fetch(`http://${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${mina.accessToken}` },
        body: JSON.stringify(body),
      });
      expect(((await answer.json()) as { errors?: unknown }).errors).toBeUndefined();
      await until(() => texts.length > 0, 'the message comes');
      expect(texts).toEqual(['through the proxy']);
      await client.dispose();
    });
  });
}
