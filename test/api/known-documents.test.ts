import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { TestApp } from '../support/app';
import { NewChatDocument, RegisterDocument, RoomsDocument, SendChatDocument } from '../support/generated/graphql';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const asked = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });
const ROOMS = String(RoomsDocument);
const NEW_CHAT = String(NewChatDocument);

describe('with PERSISTED_DOCUMENTS', () => {
  let app: TestApp;
  beforeAll(async () => {
    const path = join(tempDir(), 'documents.json');
    const joining =
      'fragment Who on AuthPayload { user { id username } } mutation Join($input: RegisterInput!) { register(input: $input) { accessToken ...Who } }';
    const documents = [ROOMS, NEW_CHAT, String(RegisterDocument), String(SendChatDocument), joining];
    writeFileSync(path, JSON.stringify(Object.fromEntries(documents.map((text) => [hashOf(text), text]))));
    app = await TestApp.start({ PERSISTED_DOCUMENTS: path });
  });

  test('executes known documents by text and by hash alone', async () => {
    for (const body of [{ query: ROOMS }, asked(ROOMS)]) {
      expect((await app.postRaw(body)).data).toEqual({ rooms: [expect.objectContaining({ id: 'main' })] });
    }
  });

  test('recognises a known document in another order and layout, and executes the registered one', async () => {
    const written = `mutation Join ($input: RegisterInput!) { register(input: $input) { ...Who accessToken } }
      fragment Who on AuthPayload { user { username id } }`;
    const body = { query: written, variables: { input: { username: 'any_order', password: 'quiet-otter-7' } } };
    for (const asking of [
      body,
      { ...body, ...asked(written), variables: { input: { ...body.variables.input, username: 'by_both' } } },
    ]) {
      const { data, errors } = await app.postRaw(asking);
      expect(errors).toEqual([]);
      expect(data).toEqual({
        register: {
          accessToken: expect.any(String) as string,
          user: { id: expect.any(String) as string, username: expect.any(String) as string },
        },
      });
    }
    expect((await app.postRaw({ ...body, query: written.replace('id }', 'id email }') })).errors).toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
  });

  test.each([
    ['by text', { query: '{ rooms { id } }' }],
    ['by hash', asked('{ rooms { id } }')],
    ['by text with its hash, as for registering it', { query: '{ rooms { id } }', ...asked('{ rooms { id } }') }],
    ['under the hash of a known document', { query: '{ rooms { id } }', ...asked(ROOMS) }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['without a document', { query: '', extensions: { persistedQuery: 'x' } }],
  ])('refuses an unknown document: %s', async (_, body) => {
    const { data, errors } = await app.postRaw(body);
    expect([data, errors[0]?.extensions['code']]).toEqual([null, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  test('refuses unknown and executes known documents on sockets', async () => {
    const errors: unknown[] = [];
    const heard: unknown[] = [];
    const sink = {
      next: (item: unknown) => heard.push(item),
      error: (error: unknown) => errors.push(error),
      complete: () => undefined,
    };
    const client = app.wsClient();
    client.subscribe({ query: 'subscription { newChat { id } }' }, sink);
    await until(() => errors.length > 0);
    expect(errors[0]).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
    client.subscribe({ query: '', ...asked(NEW_CHAT) }, sink);
    const person = await app.person();
    await until(async () => {
      await app.send(person, 'hello');
      return heard.length > 0;
    });
    expect(heard[0]).toMatchObject({ data: { newChat: { text: 'hello' } } });
  });

  test.each([
    ['documentId', (hash: string) => ({ documentId: hash })],
    ['documentId with its algorithm', (hash: string) => ({ documentId: `sha256:${hash}` })],
    ['id', (hash: string) => ({ id: hash })],
    ['extensions.documentId', (hash: string) => ({ extensions: { documentId: hash } })],
  ])('finds a document by its %s over POST, GET, socket and stream', async (_, by) => {
    const rooms = { data: { rooms: [expect.objectContaining({ id: 'main' })] } };
    expect(await app.postRaw(by(hashOf(ROOMS)))).toMatchObject(rooms);
    const parameters = (text: string): string =>
      new URLSearchParams(
        Object.entries(by(hashOf(text))).map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ).toString();
    const response = await fetch(`${app.app.urls.http}?${parameters(ROOMS)}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await response.json()).toMatchObject(rooms);

    const socket = new WebSocket(app.app.urls.ws, 'graphql-transport-ws');
    const said: string[] = [];
    socket.on('message', (data: Buffer) => said.push(String(data)));
    socket.on('close', (code) => said.push(`closed ${code}`));
    socket.on('open', () => {
      socket.send('{"type":"connection_init"}');
    });
    await until(() => said.length === 1);
    socket.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: by(hashOf(NEW_CHAT)) }));
    const stop = new AbortController();
    const stream = await fetch(`${app.app.urls.ws.replace('ws:', 'http:')}/stream?${parameters(NEW_CHAT)}`, {
      signal: stop.signal,
    });
    let events = '';
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) events += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    const person = await app.person();
    await until(async () => {
      await app.send(person, 'hello');
      return said.length > 1 && events.includes('data:');
    });
    expect(said[1]).toContain('"text":"hello"');
    expect(events).toContain('"text":"hello"');
    socket.terminate();
    stop.abort();
    await reading;
  });

  test('refuses unknown documents over server-sent events', async () => {
    const url = app.app.urls.ws.replace('ws:', 'http:').concat('/stream');
    const response = await fetch(`${url}?query=${encodeURIComponent('subscription { newChat { id } }')}`);
    expect(await response.text()).toContain('PERSISTED_QUERY_NOT_FOUND');
  });
});

test('the persisted-documents.json of codegen works on both ports', async () => {
  const app = await TestApp.start({ PERSISTED_DOCUMENTS: join(__dirname, '../support/generated/persisted-documents.json') });
  const byHash = (document: unknown) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: (document as { __meta__: { hash: string } }).__meta__.hash } },
  });
  expect((await app.postRaw(byHash(RoomsDocument))).data).toEqual({ rooms: [expect.objectContaining({ id: 'main' })] });
  const { data } = await app.postRaw<{ register: { accessToken: string } }>({
    ...byHash(RegisterDocument),
    variables: { input: { username: 'by_hash', password: 'quiet-otter-7' } },
  });
  const heard: unknown[] = [];
  const sink = {
    next: (item: unknown) => heard.push(item),
    error: (error: unknown) => heard.push(error),
    complete: () => undefined,
  };
  app.wsClient().subscribe({ query: '', ...byHash(NewChatDocument) }, sink);
  let sent = 0;
  await until(async () => {
    const variables = { input: { clientMessageId: `m${++sent}`, text: 'asked by hash' } };
    await app.postRaw({ ...byHash(SendChatDocument), variables }, data?.register.accessToken);
    return heard.length > 0;
  });
  expect(heard[0]).toMatchObject({ data: { newChat: { text: 'asked by hash' } } });
});

test('reads a manifest of Apollo and executes its documents by their ids', async () => {
  const path = join(tempDir(), 'manifest.json');
  const operations = [
    { id: hashOf(ROOMS), name: 'Rooms', type: 'query', body: ROOMS },
    { id: 'new-chat', name: 'NewChat', type: 'subscription', body: NEW_CHAT },
  ];
  writeFileSync(path, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  const app = await TestApp.start({ PERSISTED_DOCUMENTS: path });
  expect((await app.postRaw(asked(ROOMS))).data).toEqual({ rooms: [expect.objectContaining({ id: 'main' })] });
  expect((await app.postRaw({ query: '{ rooms { title } }' })).errors[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
  const url = `${app.app.urls.ws.replace('ws:', 'http:')}/stream?documentId=new-chat`;
  const stop = new AbortController();
  const stream = await fetch(url, { signal: stop.signal });
  const first = await stream.body?.getReader().read();
  expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^:\n\n/);
  stop.abort();
});

test('a PERSISTED_DOCUMENTS file that cannot be read stops the start', async () => {
  await expect(TestApp.start({ PERSISTED_DOCUMENTS: '/nowhere.json' })).rejects.toThrow('PERSISTED_DOCUMENTS=/nowhere.json');
});

describe('without PERSISTED_DOCUMENTS', () => {
  test('automatic persisted queries work, and the schema is at /schema.graphql', async () => {
    const app = await TestApp.start();
    expect((await app.postRaw(asked(ROOMS))).errors[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await app.postRaw({ query: ROOMS, ...asked(ROOMS) })).errors).toEqual([]);
    expect((await app.postRaw(asked(ROOMS))).data).toEqual({ rooms: [expect.objectContaining({ id: 'main' })] });
    const sdl = await fetch(app.app.urls.http.replace('/graphql', '/schema.graphql'));
    expect(await sdl.text()).toContain('type Subscription {');
  });
});
