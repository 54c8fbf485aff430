/** Socket.IO with its rooms, WebSocket only; it encodes an event once for all receivers. */
const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { PORT, control } = require('./serve.js');

const server = createServer();
const io = new Server(server, { transports: ['websocket'] });
io.on('connection', (socket) => {
  socket.on('subscribe', ({ room }) => {
    void socket.join(room);
    socket.emit('subscribed');
  });
});
server.listen(PORT, '127.0.0.1', () => control((room, chat) => io.to(room).emit('newChat', chat)));
