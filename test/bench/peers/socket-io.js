/** Socket.IO with its rooms, WebSocket only; it encodes an event once for all receivers. */
const { Server } = require('socket.io');
const { serve } = require('./serve.js');

const io = new Server({ transports: ['websocket'] });
io.on('connection', (socket) => {
  socket.on('subscribe', ({ room }) => {
    void socket.join(room);
    socket.emit('subscribed');
  });
});
io.attach(serve((room, chat) => io.to(room).emit('newChat', chat)));
