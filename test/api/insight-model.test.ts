import { previewLetter } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { TestApp } from '../support/app';
import { answers, FakeModelServer, GOOD_LETTER } from '../support/fake-model-server';
import { CreateRoomDocument, InsightDocument } from '../support/generated/graphql';

const DAY = 86_400_000;
const START = Date.UTC(2026, 5, 10, 1, 0);

test('the model writes the letter with an API key, the local analyser if it fails, and a dry run prints the request', async () => {
  const server = await FakeModelServer.start();
  const clock = { at: START };
  const env = { OPENAI_API_KEY: 'sk-canary', OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: 'model-a', JWT_EXPIRES_IN: '90d' };
  const app = await TestApp.start(env, { clock: { now: () => clock.at } });
  const person = await app.person();
  await app.ask(CreateRoomDocument, { input: { id: 'second', title: 'Second' } }, person.accessToken);
  await app.send(person, 'a walk in the rain, mail me at me@example.org');
  await app.send(person, 'tea afterwards', 'second');

  server.answer((response, call) => {
    const room = call.body.messages[1]?.content.includes('tea afterwards') ? answers.refusal() : answers.letter();
    room(response, call);
  });
  clock.at += DAY;
  await app.app.runInsights(clock.at);
  const main = (await app.ask(InsightDocument, { room: 'main' })).insight;
  expect(main).toMatchObject({ source: 'OPENAI', model: 'model-a', messageCount: 1 });
  expect(main?.letter).toContain(GOOD_LETTER.slice(0, 30));
  expect((await app.ask(InsightDocument, { room: 'second' })).insight).toMatchObject({ source: 'LOCAL', messageCount: 1 });
  expect(JSON.stringify(server.calls)).not.toContain('example.org');
  expect(server.calls[0]?.authorization).toBe('Bearer sk-canary');

  const metrics = await (await fetch(new URL('/metrics', app.app.urls.http))).text();
  expect(metrics).toContain('jungle_buzz_insight_faults_total{reason="refused"} 1\n');
  expect(metrics).toContain('jungle_buzz_insight_letters_total{source="OPENAI"} 1\n');
  expect(metrics).toContain('jungle_buzz_insight_letters_total{source="LOCAL"} 1\n');

  await app.send(person, 'call 010-1234-5678 today');
  await app.stop();
  const calls = server.calls.length;
  const preview = await previewLetter(parseConfig({ DATA_DIR: app.dataDir }), silentLogger, 'main');
  expect(preview.data).toContain('call [phone] today');
  expect(server.calls).toHaveLength(calls);
  await server.stop();
});
