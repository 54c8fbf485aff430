/**
 * Loaded into the server under test by `--require`: bursts are appended to its log by the port that `sendChat` uses, and its store
 * reads are counted. Everything else is the server as it is.
 */
const { randomBytes } = require('node:crypto');
const http = require('node:http');
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
        response.end(JSON.stringify({ storeReads }));
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
