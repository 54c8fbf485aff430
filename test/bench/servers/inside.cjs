/**
 * Loaded into the server under test by `--require`: messages are appended to its log through the port that `sendChat` uses, its store
 * reads are counted, and its memory can be queried. Everything else is the unchanged server.
 */
const { randomBytes } = require('node:crypto');
const http = require('node:http');
const v8 = require('node:v8');
const vm = require('node:vm');
const liveServer = require('../../../dist/servers/live/live-server.js');
const { LiveHub } = require('../../../dist/live/hub.js');
const { LmdbChatLog } = require('../../../dist/adapters/lmdb/lmdb-chat-log.js');
const { LmdbChatStore } = require('../../../dist/adapters/lmdb/lmdb-chat-store.js');

let log;
let storeReads = 0;
const { tail } = LmdbChatLog.prototype;
LmdbChatLog.prototype.tail = function (...args) {
  log = this;
  return tail.apply(this, args);
};
const { byRoom } = LmdbChatStore.prototype;
LmdbChatStore.prototype.byRoom = function (...args) {
  storeReads++;
  return byRoom.apply(this, args);
};

let hub;
const { observe } = LiveHub.prototype;
LiveHub.prototype.observe = function (...args) {
  hub = this;
  return observe.apply(this, args);
};
let server;
const { createLiveServer } = liveServer;
liveServer.createLiveServer = (options) => (server = createLiveServer(options));

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
const state = () => {
  collectGarbage();
  const heapMb = process.memoryUsage().heapUsed / 2 ** 20;
  return { storeReads, groups: hub.groupCount, sockets: server.socketCount, heapMb };
};

const append = (room, text) =>
  log.append({
    id: randomBytes(16).toString('base64url'),
    room,
    authorId: 'bench',
    author: '조용한 수달',
    text,
    emotions: [0, 0, 0, 0, 0, 0, 0, 0],
    dominant: null,
  });

http
  .createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (request.url !== '/publish') {
        response.end(JSON.stringify(state()));
        return;
      }
      const { room, texts } = JSON.parse(body);
      Promise.all(texts.map((text) => append(room, text))).then(
        () => response.end('{}'),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
  })
  .listen(Number(process.env.CONTROL_PORT), '127.0.0.1')
  .unref();
