import { join } from 'node:path';
import { violations, type SourceFacts } from './architecture/rules';
import { readSources, sourceFacts } from './architecture/source-facts';

/** The rules over sources given as text. */
const check = (sources: Record<string, string>): string[] =>
  violations(
    new Map(Object.entries(sources).map(([file, text]): [string, SourceFacts] => [file, sourceFacts(`${file}.ts`, text)])),
  );

test('every import of src follows the rules', () => {
  const files = readSources(join(__dirname, '../src'));
  expect(files.size).toBeGreaterThan(20);
  expect(violations(files)).toEqual([]);
});

describe('the rules allow', () => {
  test.each([
    ['a port to import a value', 'ports/chat-log', "import type { Chat } from '../domain/chat';"],
    ['flow to import a port', 'flow/history', "import type { ChatLog } from '../ports/chat-log';"],
    ['flow to import flow', 'flow/history', "import { merge } from './merged-reader';"],
    [
      'servers to import graphql the folder and the package',
      'servers/live-server',
      "import '../graphql/schema'; import 'graphql';",
    ],
    ['an adapter its client library', 'adapters/lmdb/chat-log', "import { open } from 'lmdb';"],
    ['a path inside an allowed package', 'servers/http-server', "import '@apollo/server/plugin/disabled';"],
    ['the composition root to construct adapters', 'app/engine', "import { openLmdb } from '../adapters/lmdb/open-lmdb';"],
    ['main to read the environment and to end the process', 'main', 'process.exit(Number(process.env.CODE));'],
    ['the page to import the client', 'web/wall', "import { connect } from '../client/connect';"],
  ])('%s', (_, file, text) => {
    expect(check({ [file]: text })).toEqual([]);
  });
});

describe('the rules refuse', () => {
  test.each([
    // layers
    ['domain -> ports', 'domain/chat', "import '../ports/clock';", 'domain may not import ports/clock'],
    ['ports -> flow', 'ports/clock', "import '../flow/history';", 'ports may not import flow/history'],
    ['flow -> live', 'flow/history', "import '../live/hub';", 'flow may not import live/hub'],
    ['flow -> graphql', 'flow/history', "import '../graphql/schema';", 'flow may not import graphql/schema'],
    ['accounts -> flow', 'accounts/tokens', "import '../flow/history';", 'accounts may not import flow/history'],
    ['insights -> flow', 'insights/mood', "import '../flow/history';", 'insights may not import flow/history'],
    ['live -> accounts', 'live/hub', "import '../accounts/tokens';", 'live may not import accounts/tokens'],
    ['graphql -> servers', 'graphql/schema', "import '../servers/listen';", 'graphql may not import servers/listen'],
    ['servers -> config', 'servers/listen', "import '../config/config';", 'servers may not import config/config'],
    ['an adapter -> flow', 'adapters/lmdb/log', "import '../../flow/history';", 'adapters/lmdb may not import flow/history'],
    ['an adapter -> another', 'adapters/lmdb/log', "import '../redis/log';", 'adapters/lmdb may not import adapters/redis/log'],
    ['adapters outside app', 'servers/listen', "import '../adapters/lmdb/log';", 'servers may not import adapters/lmdb/log'],
    ['adapters in cli', 'cli/doctor', "import '../adapters/lmdb/log';", 'cli may not import adapters/lmdb/log'],
    ['adapters in main', 'main', "import './adapters/lmdb/log';", 'main may not import adapters/lmdb/log'],
    ['app -> web', 'app/start', "import '../web/wall';", 'app may not import web/wall'],
    ['client -> domain', 'client/connect', "import '../domain/chat';", 'client may not import domain/chat'],
    ['web -> domain', 'web/wall', "import '../domain/chat';", 'web may not import domain/chat'],
    ['src -> test', 'flow/history', "import '../../test/support/until';", '../../test/support/until is outside src'],
    ['a part without a rule', 'utils/strings', '', 'the part utils has no rule'],
    // packages
    ['lmdb outside its adapter', 'flow/history', "import 'lmdb';", 'flow may not import the package lmdb'],
    ['express outside servers', 'graphql/schema', "import 'express';", 'graphql may not import the package express'],
    ['graphql in flow', 'flow/history', "import 'graphql/utilities';", 'flow may not import the package graphql'],
    ['bcrypt outside accounts', 'graphql/schema', "import 'bcrypt';", 'graphql may not import the package bcrypt'],
    [
      'node-schedule outside insights',
      'flow/history',
      "import 'node-schedule';",
      'flow may not import the package node-schedule',
    ],
    ['openai outside its adapter', 'insights/letter', "import 'openai';", 'insights may not import the package openai'],
    ['pino outside app and main', 'servers/listen', "import 'pino';", 'servers may not import the package pino'],
    ['a scoped package', 'flow/history', "import '@apollo/server/x';", 'flow may not import the package @apollo/server'],
    ['the file system in domain', 'domain/chat', "import 'node:fs';", 'domain may not import the package node:fs'],
    ['sockets in flow', 'flow/history', "import 'node:net';", 'flow may not import the package node:net'],
    ['Node in the browser', 'web/wall', "import 'node:crypto';", 'web may not import the package node:crypto'],
    // process
    ['process.env', 'config/config', 'process.env.PORT;', 'process.env belongs in main and cli'],
    ["process['env']", 'config/config', "process['env'];", 'process.env belongs in main and cli'],
    ['env taken out of process', 'config/config', 'const { env: settings } = process;', 'process.env belongs in main and cli'],
    ['process.exit', 'app/start', 'globalThis.process.exit(1);', 'process.exit belongs in main and cli'],
    [
      'process as a module',
      'app/start',
      "import { env } from 'node:process';",
      'process is read as a global, so that its use is seen',
    ],
  ])('%s', (_, file, text, problem) => {
    expect(check({ [file]: text })).toEqual([`${file}: ${problem}`]);
  });

  test.each([
    ['import type', "import type { Hub } from '../live/hub';"],
    ['export from', "export { Hub } from '../live/hub';"],
    ['export all', "export * from '../live/hub';"],
    ['import()', "const hub = () => import('../live/hub');"],
    ['a type in import()', "type Hub = import('../live/hub').Hub;"],
    ['import =', "import hub = require('../live/hub');"],
    ['require()', "const hub = require('../live/hub');"],
    ['a name with its extension', "import '../live/hub.js';"],
  ])('a forbidden edge written as %s', (_, text) => {
    expect(check({ 'flow/history': text })).toEqual(['flow/history: flow may not import live/hub']);
  });

  test('a module name that is put together at run time', () => {
    expect(check({ 'app/start': 'import(`./adapters/${name}`);' })).toHaveLength(1);
  });

  test('a cycle, even of types only', () => {
    expect(
      check({
        'flow/a': "import type { B } from './b';",
        'flow/b': "import type { C } from './c';",
        'flow/c': "export type { B } from './b';",
      }),
    ).toEqual(['import cycle: flow/b -> flow/c -> flow/b']);
  });

  test('a cycle through the door of a folder', () => {
    expect(check({ 'flow/index': "export * from './a';", 'flow/a': "import '.';" })).toHaveLength(1);
  });
});
