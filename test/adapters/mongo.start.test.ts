import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mongo } from 'mongoose';
import { openMongo } from '../../src/adapters/mongo/open-mongo';
import { StartupError } from '../../src/domain/startup-error';
import { silentLogger } from '../../src/ports/logger';

const HEADER_BYTES = 16;
const OP_MSG = 2013;
const OP_REPLY = 1;
const HELLO = { ok: 1, helloOk: true, isWritablePrimary: true, ismaster: true, minWireVersion: 0, maxWireVersion: 21 };

/** A server that answers the handshake of MongoDB's protocol and refuses every other command with the error. */
async function refusingServer(error: { code: number; codeName: string; errmsg: string }) {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= HEADER_BYTES && received.length >= received.readInt32LE(0)) {
        const message = received.subarray(0, received.readInt32LE(0));
        received = received.subarray(message.length);
        const isMessage = message.readInt32LE(12) === OP_MSG;
        const isHello =
          !isMessage || /hello|ismaster/i.test(message.subarray(HEADER_BYTES + 9, HEADER_BYTES + 20).toString('latin1'));
        const body = Buffer.from(mongo.BSON.serialize(isHello ? HELLO : { ok: 0, ...error }));
        const prefix = Buffer.alloc(HEADER_BYTES + (isMessage ? 5 : 20));
        prefix.writeInt32LE(prefix.length + body.length, 0);
        prefix.writeInt32LE(message.readInt32LE(4), 8);
        prefix.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
        if (!isMessage) prefix.writeInt32LE(1, HEADER_BYTES + 16);
        socket.write(Buffer.concat([prefix, body]));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test.each([
  [{ code: 13, codeName: 'Unauthorized', errmsg: 'not authorized on jungle' }, '', 'grant it readWrite on the database jungle'],
  [
    { code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' },
    'mina:s3cret@',
    'check user, password and authSource',
  ],
])('refuses to start with a user that MongoDB refuses, and says what to do: %j', async (error, user, advice) => {
  const { server, port } = await refusingServer(error);
  const uri = `mongodb://${user}127.0.0.1:${port}/jungle?authMechanism=${user ? 'PLAIN&authSource=$external&directConnection=true' : 'DEFAULT&directConnection=true'}`;
  const opening = openMongo({ uri: user ? uri : uri.replace('authMechanism=DEFAULT&', ''), logger: silentLogger });
  const failure: unknown = await opening.then(
    (engine) => engine.close(),
    (reason: unknown) => reason,
  );
  server.close();
  expect(failure).toBeInstanceOf(StartupError);
  const { message } = failure as StartupError;
  expect(message).toBe(`MONGODB_URI: MongoDB at 127.0.0.1:${port} refuses this user: ${advice}.`);
});
