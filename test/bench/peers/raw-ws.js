/** The lower bound for ws: one frame prepared per message, one write per socket and message, no GraphQL at all. */
const { Sender, WebSocketServer } = require('ws');
const { serve } = require('./serve.js');

const ID = '00000000-0000-4000-8000-000000000000';
const rooms = new Map();

const server = serve((room, newChat) => {
  const message = Buffer.from(JSON.stringify({ id: ID, type: 'next', payload: { data: { newChat } } }));
  const frame = Buffer.concat(Sender.frame(message, { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }));
  for (const socket of rooms.get(room) ?? []) socket.write(frame);
});

const options = { server, path: '/graphql', perMessageDeflate: false, handleProtocols: (all) => [...all][0] };
new WebSocketServer(options).on('connection', (ws, request) => {
  ws.on('message', (data) => {
    const { type, payload } = JSON.parse(data);
    if (type === 'connection_init') ws.send('{"type":"connection_ack"}');
    else if (type === 'ping') ws.send('{"type":"pong"}');
    else if (type === 'subscribe') {
      const { room } = payload.variables;
      if (!rooms.has(room)) rooms.set(room, new Set());
      rooms.get(room).add(request.socket);
      ws.on('close', () => rooms.get(room).delete(request.socket));
    }
  });
});
